export const RUN_STATES = [
  'PREVIEWING',
  'PREVIEWED',
  'RUNNING',
  'PAUSED',
  'CANCELLING',
  'CANCELLED',
  'COMPLETED',
  'EXPIRED',
] as const;
export type RunState = (typeof RUN_STATES)[number];

export const ITEM_STATES = ['READY', 'BLOCKED', 'ALREADY_ANONYMIZED', 'ANONYMIZED', 'FAILED', 'CANCELLED'] as const;
export type ItemState = (typeof ITEM_STATES)[number];

/** In which something happens without anybody's doing. */
export const isWorking = (state: RunState): boolean => ['PREVIEWING', 'RUNNING', 'CANCELLING'].includes(state);

/** Of which nothing will change any more. */
export const hasEnded = (state: RunState): boolean => ['CANCELLED', 'COMPLETED', 'EXPIRED'].includes(state);

/** SQL: the preview of run `r` is too old to say anything about today. */
export const isExpired = (instant: string, previewHours: string): string =>
  `r.state = 'PREVIEWED' AND r.previewed_at < ${instant}::timestamptz - ${previewHours}::int * interval '1 hour'`;

/** SQL: the state of run `r`. A preview past its time is expired, whether or not anybody has written that down. */
export const stateAt = (instant: string, previewHours: string): string =>
  `CASE WHEN ${isExpired(instant, previewHours)} THEN 'EXPIRED' ELSE r.state END`;
