export { BookingLock } from './booking-lock';
export { CustomerRecords } from './customer-records';
export { KnownCustomers } from './known-customers';
export { type Action, LockedRecords } from './locked-records';
export { columnsOf, type RecordColumn, type Reference, tableOf } from './columns/declared-columns';
export {
  EMPTY,
  fieldRulesOf,
  GIVEN,
  NotAllowedWhen,
  RequiredTogether,
  RequiredWhen,
  requireRules,
  UniqueOfOwner,
  uniqueRulesOf,
} from './columns/field-rules';
export { BRANCH, COST_BEARER, ReferenceColumn } from './columns/reference-column';
export { NameColumn, NoteColumn, NumberColumn, TextColumn } from './columns/text-columns';
export {
  DateColumn,
  DecimalColumn,
  FlagColumn,
  InstantColumn,
  IntegerColumn,
  ListColumn,
  MoneyColumn,
} from './columns/value-columns';
export { defineActionableRecord, defineRecord, type StoredRecord } from './record-definition';
export { responseOf, StoredType } from './record-responses';
export type { Booking, RecordRules } from './record-rules';
export { RecordWrites } from './record-writes';
export { RecordsModule } from './records.module';
