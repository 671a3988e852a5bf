import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { AddRecordHandler } from './add-record/add-record.handler';
import { ListRecordsHandler } from './list-records/list-records.handler';
import { LockedRecords } from './locked-records';
import { RecordReferences } from './record-references';
import { RecordStore } from './record-store';
import { RecordWrites } from './record-writes';

/** Lists, adds and changes customer records of all kinds. */
@Module({
  providers: [AddRecordHandler, ListRecordsHandler, LockedRecords, RecordReferences, RecordStore, RecordWrites],
  exports: [LockedRecords, RecordWrites],
})
export class RecordsModule {
  /** @param locks module that exports `BookingLock` */
  static lockedBy(locks: Type): DynamicModule {
    return { module: RecordsModule, imports: [locks] };
  }
}
