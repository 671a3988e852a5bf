import type { BenchDatabase } from '../../bench-database';

export interface Measurement {
  /** customers who were anonymized */
  readonly customers: number;
  readonly seconds: number;
  /** bytes written to the database's log meanwhile */
  readonly walBytes: number;
  /** bytes; of the product's process that does the work */
  readonly peakMemory?: number;
}

/** One way to anonymize the customers of a database that was just put back to its beginning. */
export type Way = (database: BenchDatabase) => Promise<Measurement>;
