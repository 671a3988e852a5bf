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

/** Days after which a paused run expires: its verdicts and its confirmation are too old to go on with. */
export const PAUSE_DAYS = 7;

/** SQL condition: the preview of run `r` is too old to say anything about today. */
export const isPreviewExpired = (instant: string, previewHours: string): string =>
  `r.state = 'PREVIEWED' AND r.previewed_at < ${instant}::timestamptz - ${previewHours}::int * interval '1 hour'`;

/** SQL condition: run `r` has been paused for too long. */
export const isPauseExpired = (instant: string): string =>
  `r.state = 'PAUSED' AND r.paused_at < ${instant}::timestamptz - interval '${PAUSE_DAYS} days'`;

/** SQL: the state of run `r`. A run past its time is expired for every reader, also before a worker has written it down. */
export const stateAt = (instant: string, previewHours: string): string =>
  `CASE WHEN ${isPreviewExpired(instant, previewHours)} OR ${isPauseExpired(instant)} THEN 'EXPIRED' ELSE r.state END`;
