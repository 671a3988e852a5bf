/**
 * All advisory locks, in one place so that no number is used twice. A number must never change: during an upgrade,
 * processes of two versions share a database.
 */
export enum AdvisoryLock {
  /** Held by the process that migrates the schema. */
  MIGRATION = 7_337_001,
  /** Held until the end of a transaction that depends on the number of employees. */
  EMPLOYEE_COUNT = 7_337_002,
  /** Held by the process whose sequencer is the leader. */
  SEQUENCER_LEADER = 7_337_003,
  /** Held by `archive:purge`. */
  PURGE = 7_337_004,
  /** Held until the end of the transaction of a folder import. */
  IMPORT = 7_337_005,
  /** Held by maintenance commands, which are mutually exclusive. */
  MAINTENANCE = 7_337_006,
  /** Held until the end of the transaction that prepares roles and rights. */
  PREPARATION = 7_337_007,
}
