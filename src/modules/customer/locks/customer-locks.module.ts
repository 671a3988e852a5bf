import { Module } from '@nestjs/common';
import { BookingLock } from '../../records';
import { CustomerLocks } from './customer-locks';

@Module({
  providers: [CustomerLocks, { provide: BookingLock, useExisting: CustomerLocks }],
  exports: [CustomerLocks, BookingLock],
})
export class CustomerLocksModule {}
