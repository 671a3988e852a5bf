export { AnonymizeCustomerData } from './anonymization/anonymize-customer-data.command';
export { customerBlockers } from './anonymization/customer.blockers';
export { customerWarnings } from './anonymization/customer.warnings';
export { CUSTOMER_COLUMNS } from './customer-fields';
export { CustomerRows, type MergedCustomer } from './customer-rows';
export { CustomerModule } from './customer.module';
export { CustomerResponse } from './customer.response';
export { CustomerView } from './customer-view';
export { ADDRESS_TYPES } from './entities/address.entity';
export { CUSTOMER_STATUSES, type CustomerStatus } from './entities/customer.entity';
export { CONSENT_CHANNELS } from './entities/marketing-consent.entity';
export { LegalHolds } from './legal-holds';
export { CustomerLocks, type LockedCustomer } from './locks/customer-locks';
export {
  LOCK_RELATIONSHIPS,
  MOVE_ADDRESSES,
  MOVE_RELATIONSHIPS,
  SURPLUS_RELATIONSHIPS,
} from './queries/record-moves.queries';
export { CustomerSummaries, CustomerSummary, SELECT_CUSTOMER_SUMMARY } from './queries/customer-summaries';
export { CustomerPageResponse } from './queries/search-customers/search-customers.response';
export { type Action, LockedRecords } from './records/locked-records';
export * from './records/record-columns';
export { defineActionableRecord, defineRecord, type StoredRecord } from './records/record-definition';
export { responseOf } from './records/record-responses';
export { recordRoutes } from './records/record-routes';
export type { Booking, RecordRules } from './records/record-rules';
export { RecordWrites } from './records/record-writes';
export { recipientAddressOf, recipientNameOf } from './recipient';
export { SearchIndex } from './search-index';
