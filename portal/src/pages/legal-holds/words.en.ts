import type { SameWords } from '../../words/words';
import type { de } from './words.de';

export const en: SameWords<typeof de> = {
  title: 'Legal holds',
  lead: 'Whoever is still needed for a legal claim is not anonymized (Art. 17(3)(e) GDPR).',
  find: 'Show hold',
  customer: 'Customer {{number}}',
  inForce: 'A legal hold is in force: the customer cannot be anonymized.',
  notInForce: 'No legal hold is in force.',
  anonymized: 'The customer was anonymized on {{time}}; there is nothing left to hold.',
  reason: 'Reason',
  reasonWhat: 'Stands in the audit log and with the customer',
  reasons: {
    LITIGATION: 'Litigation',
    CLAIM: 'A claim of the customer or against them',
    AUTHORITY: 'Proceedings of an authority',
    TAX_AUDIT: 'Tax audit',
    OTHER: 'Other reason',
  },
  set: 'Set hold',
  setTitle: 'Set a legal hold?',
  setWhat: 'Customer {{number}} cannot be anonymized until the hold is lifted. Reason: {{reason}}.',
  lift: 'Lift hold',
  liftTitle: 'Lift the legal hold?',
  liftWhat: 'Customer {{number}} can be anonymized afterwards, as soon as nothing else is in the way.',
};
