import { date, hinted, list, required, text } from '../form/shapes';
import type { RecordKinds } from './record-kind';
import { today } from './today';

export const LOYALTY_KINDS: Pick<RecordKinds, 'cards' | 'enrollments'> = {
  cards: {
    columns: [
      ['number', text],
      ['status', list('cardState'), ({ invalidatedOn }) => (isPast(invalidatedOn) ? 'INVALID' : 'VALID')],
      ['validUntil', date],
      ['invalidatedOn', date],
    ],
    form: { number: required(text), validUntil: date, invalidatedOn: date },
    actions: {
      // one that is announced can be brought forward
      invalidate: { when: ({ invalidatedOn }) => !isPast(invalidatedOn), form: { on: hinted(date, 'today') } },
    },
  },
  enrollments: {
    columns: [
      ['programCode', text],
      ['cardNumber', text],
      ['voucherNumber', text],
      ['startsOn', date],
      ['endsOn', date],
    ],
    form: {
      programCode: required(text),
      cardNumber: text,
      startsOn: required(date),
      endsOn: date,
      voucherNumber: text,
    },
    actions: {
      end: { when: ({ endsOn }) => endsOn === null || endsOn >= today(), form: { on: hinted(date, 'today') } },
    },
  },
};

const isPast = (day: string | null): boolean => day !== null && day <= today();
