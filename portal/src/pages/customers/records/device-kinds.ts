import { date, hinted, list, required } from '../form/shapes';
import type { RecordKinds } from './record-kind';
import { today } from './today';

/** Care cases and device loans. */
export const DEVICE_KINDS: Pick<RecordKinds, 'care-cases' | 'device-loans'> = {
  'care-cases': {
    columns: ['number', 'type', 'status', 'openedOn', 'closedOn'],
    first: ['type', 'status'],
    hints: { number: 'number' },
    actions: {
      complete: { when: ({ status }) => status === 'OPEN', form: { on: hinted(date, 'today') } },
      cancel: { when: ({ status }) => status === 'OPEN', form: { on: hinted(date, 'today') } },
    },
  },
  'device-loans': {
    columns: [
      'serialNumber',
      'kind',
      ['resolution', list('loanState'), ({ resolution }) => resolution ?? 'OUT'],
      'issuedOn',
      'resolvedOn',
    ],
    hints: { serialNumber: 'serialNumber' },
    actions: {
      resolve: {
        // a resolution dated in the future can be corrected
        when: ({ resolvedOn }) => resolvedOn === null || resolvedOn > today(),
        form: { resolution: required(list('resolution')), resolvedOn: hinted(date, 'today') },
      },
    },
  },
};
