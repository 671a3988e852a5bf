import type { Schemas } from '../../api/client';
import type { ItemState, RunState } from '../../ui/state-badge';

export type Run = Schemas['RunResponse'];
export type RunItem = Schemas['RunItemResponse'];

export const RUN_STATES: readonly RunState[] = [
  'PREVIEWING',
  'PREVIEWED',
  'RUNNING',
  'PAUSED',
  'CANCELLING',
  'CANCELLED',
  'COMPLETED',
  'EXPIRED',
];

/** In the order of the bar: what is done, what is left, what will not be done. */
export const ITEM_STATES = [
  ['ANONYMIZED', 'anonymized'],
  ['READY', 'ready'],
  ['BLOCKED', 'blocked'],
  ['FAILED', 'failed'],
  ['CANCELLED', 'cancelled'],
  ['ALREADY_ANONYMIZED', 'alreadyAnonymized'],
] as const satisfies readonly (readonly [ItemState, keyof Run['counts']])[];

/** Of which nothing will change any more. */
export const hasEnded = ({ state }: Run): boolean => ['CANCELLED', 'COMPLETED', 'EXPIRED'].includes(state);

export const stateIn = <State extends string>(states: readonly State[], text: string | null): State | null =>
  states.find((state) => state === text) ?? null;
