import { Module } from '@nestjs/common';
import { BookingLock, KnownCustomers } from '../../records';
import { CustomerLocks } from './customer-locks';
import { StoredCustomers } from './stored-customers';

@Module({
  providers: [
    CustomerLocks,
    { provide: BookingLock, useExisting: CustomerLocks },
    { provide: KnownCustomers, useClass: StoredCustomers },
  ],
  exports: [CustomerLocks, BookingLock, KnownCustomers],
})
export class CustomerLocksModule {}
