export { BookingLock } from './booking-lock';
export { CustomerRecords } from './customer-records';
export { type Action, LockedRecords } from './locked-records';
export {
  BooleanColumn,
  BRANCH,
  COST_BEARER,
  DateColumn,
  MoneyColumn,
  NumberColumn,
  OneOfColumn,
  OptionalOneOfColumn,
  ReferenceColumn,
  RequiredDateColumn,
  RequiredInstantColumn,
  RequiredIntegerColumn,
  RequiredReferenceColumn,
  RequiredTextColumn,
  TextColumn,
} from './record-columns';
export { defineActionableRecord, defineRecord, type StoredRecord } from './record-definition';
export { responseOf } from './record-responses';
export type { Booking, RecordRules } from './record-rules';
export { RecordWrites } from './record-writes';
export { RecordsModule } from './records.module';
