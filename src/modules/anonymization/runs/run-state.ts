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

/** Hours for which a preview may be started. */
export const PREVIEW_HOURS = 24;
