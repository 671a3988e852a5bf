export { AnonymizeCustomerData } from './anonymization/anonymize-customer-data.command';
export { customerBlockers } from './anonymization/customer.blockers';
export { customerWarnings } from './anonymization/customer.warnings';
export { CustomerModule } from './customer.module';
export { CustomerLocks, type LockedCustomer } from './locks/customer-locks';
export { CustomerSummaries, CustomerSummary, SELECT_CUSTOMER_SUMMARY } from './queries/customer-summaries';
