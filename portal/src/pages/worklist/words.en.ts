import type { SameWords } from '../../words/words';
import type { de } from './words.de';

export const en: SameWords<typeof de> = {
  title: 'Worklist',
  lead: 'Customers that were blocked in a run, by the first day on which anonymization may be possible.',
  confirmed: 'No customer is anonymized automatically: an administrator confirms each case.',
  from: 'Earliest day from',
  to: 'Earliest day to',
  dated: 'With a date set, only customers with a known day are shown.',
  list: 'Blocked customers by earliest day',
  empty: 'No customers on the list.',
  earliest: 'Possible from',
  ready: 'ready',
  act: 'needs action',
  blockers: 'Blockers',
  none: 'None left',
  judgedOn: 'Checked on',
  open: 'Anonymize customer {{number}}',
};
