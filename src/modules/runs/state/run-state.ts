/** What a run anonymizes: one customer, or a selection. */
export const RUN_KINDS = ['CUSTOMER', 'SELECTION'] as const;
export type RunKind = (typeof RUN_KINDS)[number];

/** The phase of a run in each state. */
const RUN_PHASES = {
  PREVIEWING: 'WORKING',
  PREVIEWED: 'WAITING',
  RUNNING: 'WORKING',
  PAUSED: 'WAITING',
  CANCELLING: 'WORKING',
  CANCELLED: 'ENDED',
  COMPLETED: 'ENDED',
  EXPIRED: 'ENDED',
} as const satisfies Readonly<Record<string, 'WORKING' | 'WAITING' | 'ENDED'>>;
export type RunState = keyof typeof RUN_PHASES;

export const RUN_STATES = Object.keys(RUN_PHASES) as readonly RunState[];

/** States of a run's customer, with the count of the run that includes them. */
export const ITEM_COUNTS = {
  READY: 'ready',
  BLOCKED: 'blocked',
  ALREADY_ANONYMIZED: 'alreadyAnonymized',
  ANONYMIZED: 'anonymized',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
} as const;
export type ItemState = keyof typeof ITEM_COUNTS;

export const ITEM_STATES = Object.keys(ITEM_COUNTS) as readonly ItemState[];

/** Whether the run advances without an employee. */
export const isWorking = (state: RunState): boolean => RUN_PHASES[state] === 'WORKING';

/** Whether the run has reached its final state. */
export const hasEnded = (state: RunState): boolean => RUN_PHASES[state] === 'ENDED';

/** Days after which a paused run expires: its verdicts and its confirmation are then too old to continue. */
export const PAUSE_DAYS = 7;

/** SQL condition: the preview of run `r` is too old to be valid today. */
export const isPreviewExpired = (instant: string, previewHours: string): string =>
  `r.state = 'PREVIEWED' AND r.previewed_at < ${instant}::timestamptz - ${previewHours}::int * interval '1 hour'`;

/** SQL condition: run `r` has been paused for too long. */
export const isPauseExpired = (instant: string): string =>
  `r.state = 'PAUSED' AND r.paused_at < ${instant}::timestamptz - interval '${PAUSE_DAYS} days'`;

/**
 * SQL: the state of run `r`. A run past its time limit is expired for every reader, even before a worker has stored
 * that.
 */
export const stateAt = (instant: string, previewHours: string): string =>
  `CASE WHEN ${isPreviewExpired(instant, previewHours)} OR ${isPauseExpired(instant)} THEN 'EXPIRED' ELSE r.state END`;

/** SQL: the milliseconds that run `r` has worked until the instant. */
export const workedMsAt = (instant: string): string =>
  `(r.worked_ms + coalesce(extract(epoch FROM ${instant}::timestamptz - r.working_since) * 1000, 0))::float8`;
