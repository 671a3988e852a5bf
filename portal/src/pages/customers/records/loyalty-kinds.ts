import { date, hinted, list } from '../form/shapes';
import type { RecordKinds } from './record-kind';
import { today } from './today';

export const LOYALTY_KINDS: Pick<RecordKinds, 'cards' | 'enrollments'> = {
  cards: {
    columns: [
      'number',
      ['status', list('cardState'), ({ invalidatedOn }) => (isPast(invalidatedOn) ? 'INVALID' : 'VALID')],
      'validUntil',
      'invalidatedOn',
    ],
    actions: {
      // an announced invalidation can be brought forward
      invalidate: { when: ({ invalidatedOn }) => !isPast(invalidatedOn), form: { on: hinted(date, 'today') } },
    },
  },
  enrollments: {
    columns: ['programCode', 'cardNumber', 'voucherNumber', 'startsOn', 'endsOn'],
    actions: {
      end: { when: ({ endsOn }) => endsOn === null || endsOn >= today(), form: { on: hinted(date, 'today') } },
    },
  },
};

const isPast = (day: string | null): boolean => day !== null && day <= today();
