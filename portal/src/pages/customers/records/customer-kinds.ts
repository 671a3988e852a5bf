import { date, list, required, text } from '../form/shapes';
import type { RecordKinds } from './record-kind';

/** What belongs to the person. */
export const CUSTOMER_KINDS: Pick<
  RecordKinds,
  'addresses' | 'relationships' | 'memberships' | 'insurance-cards' | 'consents'
> = {
  addresses: {
    columns: [
      ['type', list('addressType')],
      ['street', text],
      ['postalCode', text],
      ['city', text],
    ],
    more: [
      ['addressee', text],
      ['country', text],
      ['phone', text],
    ],
    form: {
      type: required(list('addressType')),
      addressee: text,
      street: text,
      postalCode: text,
      city: text,
      country: text,
      phone: text,
    },
    actions: {},
  },
  relationships: {
    columns: [
      ['relatedCustomerNumber', text],
      ['kind', text],
    ],
    form: { relatedCustomerNumber: required(text), kind: required(text) },
    actions: {},
  },
  memberships: {
    columns: [
      ['costBearerIk', text],
      ['memberNumber', text],
      ['insuredStatus', text],
      ['validFrom', date],
      ['validTo', date],
    ],
    more: [['mainInsuredPerson', text]],
    form: {
      costBearerIk: required(text),
      memberNumber: text,
      insuredStatus: text,
      mainInsuredPerson: text,
      validFrom: date,
      validTo: date,
    },
    actions: {},
  },
  'insurance-cards': {
    columns: [
      ['costBearerIk', text],
      ['insuredNumber', text],
      ['cardHolder', text],
      ['validUntil', date],
    ],
    form: { costBearerIk: required(text), insuredNumber: text, cardHolder: text, validUntil: date },
    actions: {},
  },
  consents: {
    columns: [
      ['channel', list('channel')],
      ['grantedOn', date],
      ['withdrawnOn', date],
    ],
    form: { channel: required(list('channel')), grantedOn: required(date), withdrawnOn: date },
    actions: {},
  },
};
