/**
 * The advisory locks of the product, in one place so that no number is used twice. A number never changes: during an
 * upgrade, processes of two versions share a database.
 */
export enum AdvisoryLock {
  /** Held by the process that migrates the schema. */
  MIGRATION = 7_337_001,
  /** Held until the end of the transaction by decisions that depend on the number of employees. */
  EMPLOYEE_COUNT = 7_337_002,
  /** Held by the process whose sequencer is the leader. */
  SEQUENCER_LEADER = 7_337_003,
  /** Held by `archive:purge`. */
  PURGE = 7_337_004,
  /** Held until the end of the transaction by a folder import. */
  IMPORT = 7_337_005,
  /** Held by maintenance commands, which exclude each other. */
  MAINTENANCE = 7_337_006,
  /** Held until the end of the transaction by the process that prepares roles and rights. */
  PREPARATION = 7_337_007,
}
