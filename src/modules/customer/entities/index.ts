import { Address } from './address.entity';
import { CostBearerMembership } from './cost-bearer-membership.entity';
import { CustomerSearch } from './customer-search.entity';
import { Customer } from './customer.entity';
import { FormerIdentity } from './former-identity.entity';
import { HealthInsuranceCard } from './health-insurance-card.entity';
import { LegalHold } from './legal-hold.entity';
import { MarketingConsent } from './marketing-consent.entity';
import { Relationship } from './relationship.entity';

/** In the order of erasure: the customer's row comes last, because from then on the guards refuse every write. */
export const CUSTOMER_ENTITIES = [
  CustomerSearch,
  FormerIdentity,
  Address,
  Relationship,
  CostBearerMembership,
  HealthInsuranceCard,
  MarketingConsent,
  LegalHold,
  Customer,
];
