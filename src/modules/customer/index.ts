export { AnonymizeCustomerData } from './anonymization/anonymize-customer-data.command';
export { customerBlockers } from './anonymization/customer.blockers';
export { customerWarnings } from './anonymization/customer.warnings';
export { CUSTOMER_COLUMNS, type CustomerField } from './customer-fields';
export { CustomerView } from './customer-view';
export { CustomerRows, type MergedCustomer } from './customer-rows';
export { CustomerModule } from './customer.module';
export { CustomerResponse } from './customer.response';
export { Address } from './entities/address.entity';
export { CostBearerMembership } from './entities/cost-bearer-membership.entity';
export { Customer, CUSTOMER_STATUSES, type CustomerStatus } from './entities/customer.entity';
export { HealthInsuranceCard } from './entities/health-insurance-card.entity';
export { MarketingConsent } from './entities/marketing-consent.entity';
export { Relationship } from './entities/relationship.entity';
export { LegalHolds } from './legal-holds';
export { CustomerLocks, type LockedCustomer } from './locks/customer-locks';
export {
  lockForImport,
  refreshSearchOf,
  selectClosedCustomers,
  updateImportedCustomers,
} from './queries/import-customers.queries';
export {
  type AnonymizedCustomer,
  countCustomers,
  type CustomerIdentity,
  type CustomerState,
  findAnonymized,
  findCustomer,
  findIdentities,
  findRecipient,
  findResidence,
  SELECT_ANY_CUSTOMER,
  SELECT_CUSTOMER_STATE,
  SELECT_IDS_BY_NUMBER,
} from './queries/find-customers.queries';
export {
  ANONYMIZED_CUSTOMERS,
  CUSTOMERS,
  FORMER_NAMES,
  hasPostalConsent,
  INSURANCE_MEMBERSHIPS,
  RELATIVES,
  RESIDENTIAL_ADDRESSES,
} from './published';
export { CustomerSummaries, CustomerSummary, SELECT_CUSTOMER_SUMMARY } from './queries/customer-summaries';
export { CustomerPageResponse } from './queries/search-customers/search-customers.response';
export { recipientAddressOf, recipientNameOf } from './recipient';
export { SearchIndex } from './search-index';
