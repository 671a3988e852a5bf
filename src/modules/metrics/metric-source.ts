import type { Metric } from 'prom-client';

/** Injection token of all metric sources, in the order of the exposition. */
export const METRIC_SOURCES = Symbol('METRIC_SOURCES');

/** A group of metrics that are measured together. */
export interface MetricSource {
  /** such as `audit_log` */
  readonly name: string;
  /** Rejects when it cannot measure now, for example while the database is unavailable. */
  read(): Promise<readonly Metric[]>;
}
