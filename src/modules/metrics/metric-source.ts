import type { Metric } from './exposition';

/** Injection token of all of them, in the order of the exposition. */
export const METRIC_SOURCES = Symbol('METRIC_SOURCES');

/** Something that can be measured at any moment. */
export interface MetricSource {
  /** such as `audit_log` */
  readonly name: string;
  /** Rejects when it cannot be measured now, such as while the database is away. */
  read(): Promise<readonly Metric[]>;
}
