import type { BenchDatabase } from '../../bench-database';

export interface Measurement {
  /** number of anonymized customers */
  readonly customers: number;
  readonly seconds: number;
  /** bytes written to the WAL */
  readonly walBytes: number;
  /** processor time in seconds, if known */
  readonly processor?: { readonly database: number | null; readonly product?: number | null };
  /** peak memory in bytes of the working process of the product */
  readonly peakMemory?: number;
}

/** A variant that anonymizes the customers of a database in its initial state. */
export type Way = (database: BenchDatabase) => Promise<Measurement>;

/** The increase of a counter; null if it cannot be read. */
export const grown = (before: number | null, after: number | null): number | null =>
  before === null || after === null ? null : after - before;
