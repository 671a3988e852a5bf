import type { BenchDatabase } from '../../bench-database';

export interface Measurement {
  /** customers who were anonymized */
  readonly customers: number;
  readonly seconds: number;
  /** bytes written to the database's log meanwhile */
  readonly walBytes: number;
  /** seconds of a processor, where they can be told */
  readonly processor?: { readonly database: number | null; readonly product?: number | null };
  /** bytes; of the product's process that does the work */
  readonly peakMemory?: number;
}

/** One way to anonymize the customers of a database that was just put back to its beginning. */
export type Way = (database: BenchDatabase) => Promise<Measurement>;

/** How much a counter has grown; null where it cannot be read. */
export const grown = (before: number | null, after: number | null): number | null =>
  before === null || after === null ? null : after - before;
