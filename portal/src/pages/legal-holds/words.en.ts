import type { SameWords } from '../../words/words';
import type { de } from './words.de';

export const en: SameWords<typeof de> = {
  title: 'Legal holds',
  lead: 'Customers whose data is still needed for a legal claim are not anonymized (Art. 17(3)(e) GDPR).',
  find: 'Show hold',
  customer: 'Customer {{number}}',
  inForce: 'A legal hold is in force: the customer cannot be anonymized.',
  notInForce: 'No legal hold is in force.',
  anonymized: 'The customer was anonymized on {{time}}; a hold is no longer possible.',
  reason: 'Reason',
  reasonWhat: 'Shown in the audit log and on the customer page',
  reasons: {
    LITIGATION: 'Litigation',
    CLAIM: 'Claim by or against the customer',
    AUTHORITY: 'Official proceedings',
    TAX_AUDIT: 'Tax audit',
    OTHER: 'Other reason',
  },
  set: 'Set hold',
  setTitle: 'Set a legal hold?',
  setWhat: 'Customer {{number}} cannot be anonymized until the hold is lifted. Reason: {{reason}}.',
  lift: 'Lift hold',
  liftTitle: 'Lift the legal hold?',
  liftWhat: 'Customer {{number}} can then be anonymized once there is no other blocker.',
};
