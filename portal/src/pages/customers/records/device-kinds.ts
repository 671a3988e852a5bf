import { date, hinted, list, longText, required, text } from '../form/shapes';
import type { RecordKinds } from './record-kind';
import { today } from './today';

/** What is done for the customer, and what was lent. */
export const DEVICE_KINDS: Pick<RecordKinds, 'care-cases' | 'device-loans'> = {
  'care-cases': {
    columns: [
      ['number', text],
      ['type', list('careCaseType')],
      ['status', list('careCaseStatus')],
      ['openedOn', date],
      ['closedOn', date],
    ],
    more: [
      ['title', text],
      ['branchCode', text],
      ['note', text],
    ],
    form: {
      type: required(list('careCaseType')),
      status: required(list('careCaseStatus')),
      number: hinted(text, 'number'),
      branchCode: required(text),
      openedOn: required(date),
      closedOn: date,
      title: text,
      note: longText,
    },
    actions: {
      complete: { when: ({ status }) => status === 'OPEN', form: { on: hinted(date, 'today') } },
      cancel: { when: ({ status }) => status === 'OPEN', form: { on: hinted(date, 'today') } },
    },
  },
  'device-loans': {
    columns: [
      ['serialNumber', text],
      ['kind', list('loanKind')],
      ['resolution', list('loanState'), ({ resolution }) => resolution ?? 'OUT'],
      ['issuedOn', date],
      ['resolvedOn', date],
    ],
    more: [
      ['dueOn', date],
      ['note', text],
    ],
    form: {
      serialNumber: required(hinted(text, 'serialNumber')),
      kind: required(list('loanKind')),
      issuedOn: required(date),
      dueOn: date,
      resolution: list('resolution'),
      resolvedOn: date,
      note: longText,
    },
    actions: {
      resolve: {
        // one dated in the future can be corrected
        when: ({ resolvedOn }) => resolvedOn === null || resolvedOn > today(),
        form: { resolution: required(list('resolution')), resolvedOn: hinted(date, 'today') },
      },
    },
  },
};
