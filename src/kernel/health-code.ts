/** Faults that `/health/ready` reports. During a fault, every route but health answers 503. */
export const FAULT_CODES = [
  'DATABASE_BEHIND_LEDGER',
  'ERASURE_CONFLICT',
  'LEDGER_LOST',
  'LEDGER_DOUBLED',
  'LEDGER_FORGED',
  'AUDIT_LOG_FORKED',
  'DATABASE_UNREACHABLE',
] as const;
export type FaultCode = (typeof FAULT_CODES)[number];

/** Warnings that `/health/ready` reports while the product serves. */
export const HEALTH_WARNING_CODES = [
  'FISCAL_SEAL_LOCAL',
  'BOOTSTRAP_PASSWORD_SHORT',
  'ONE_DATABASE_LOGIN',
  'AUDIT_SEQUENCER_INTERRUPTED',
  'AUDIT_CHECKPOINT_STALE',
  'AUDIT_VERIFICATION_FAILED',
  'ERASURE_UNPROVEN',
  'AUDIT_DEFENCES_WEAKENED',
  'AUDIT_TRIPWIRE_MISSING',
  'RUN_STALLED',
  'ARCHIVE_UPKEEP_FAILED',
  'ARCHIVE_DIFFERS',
  'ARCHIVE_CONTENTS_FOREIGN',
  'ARCHIVE_CONTENTS_MISSING',
  'ERASURE_UPKEEP_FAILED',
  'ERASURE_REMAINS_IN_DEAD_ROWS',
] as const;
export type HealthWarningCode = (typeof HEALTH_WARNING_CODES)[number];
