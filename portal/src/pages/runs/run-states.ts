import type { Schemas } from '../../api/client';
import { codesOf, type ItemState, OPEN_RUN_STATES } from '../../api/codes';

export type Run = Schemas['RunResponse'];
export type RunItem = Schemas['RunItemResponse'];

/** In the order of the bar: finished, open, not to be anonymized. */
const COUNTS = {
  ANONYMIZED: 'anonymized',
  READY: 'ready',
  BLOCKED: 'blocked',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
  ALREADY_ANONYMIZED: 'alreadyAnonymized',
} as const satisfies Record<ItemState, keyof Run['counts']>;

export const ITEM_STATES = codesOf(COUNTS).map((state) => [state, COUNTS[state]] as const);

/** Whether the run can no longer change. */
export const hasEnded = ({ state }: Run): boolean => !OPEN_RUN_STATES.includes(state);

export const stateIn = <State extends string>(states: readonly State[], text: string | null): State | null =>
  states.find((state) => state === text) ?? null;
