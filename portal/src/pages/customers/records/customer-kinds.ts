import type { RecordKinds } from './record-kind';

/** Addresses, relationships and other personal records. */
export const CUSTOMER_KINDS: Pick<
  RecordKinds,
  'addresses' | 'relationships' | 'memberships' | 'insurance-cards' | 'consents'
> = {
  addresses: { columns: ['type', 'street', 'postalCode', 'city'], first: ['type', 'addressee'], actions: {} },
  relationships: { columns: ['relatedCustomerNumber', 'kind'], actions: {} },
  memberships: {
    columns: ['costBearerIk', 'memberNumber', 'insuredStatus', 'validFrom', 'validTo'],
    actions: {},
  },
  'insurance-cards': { columns: ['costBearerIk', 'insuredNumber', 'cardHolder', 'validUntil'], actions: {} },
  consents: { columns: ['channel', 'grantedOn', 'withdrawnOn'], actions: {} },
};
