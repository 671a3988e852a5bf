import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { BookingLock } from '../booking-lock';
import { RecordReferences } from '../record-references';
import type { StoredRecord } from '../record-definition';
import { RecordWrites } from '../record-writes';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { AddRecord } from './add-record.command';

@CommandHandler(AddRecord)
export class AddRecordHandler implements ICommandHandler<AddRecord<object, object>> {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly lock: BookingLock,
    private readonly references: RecordReferences,
    private readonly writes: RecordWrites,
  ) {}

  execute({ record, customerId, fields }: AddRecord<object, object>): Promise<StoredRecord<object>> {
    return this.transaction.run(async () => {
      await this.lock.lockForBooking(customerId, ...(await this.references.customersNamed(record, fields)));
      return this.writes.add(record, fields, customerId);
    });
  }
}
