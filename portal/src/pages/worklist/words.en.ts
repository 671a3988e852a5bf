import type { SameWords } from '../../words/words';
import type { de } from './words.de';

export const en: SameWords<typeof de> = {
  title: 'Worklist',
  lead: 'Customers whom a run could not anonymize, by the day from which it may become possible.',
  confirmed: 'Nobody is anonymized automatically: an administrator confirms each case.',
  from: 'Possible from',
  to: 'Possible until',
  dated: 'With a date, only customers with a known day are shown.',
  list: 'Blocked customers by earliest day',
  empty: 'Nobody is on the list.',
  earliest: 'Possible on',
  ready: 'ready',
  act: 'somebody has to act',
  blockers: 'What stands in the way',
  none: 'Nothing any more',
  judgedOn: 'Judged on',
  open: 'Anonymize customer {{number}}',
};
