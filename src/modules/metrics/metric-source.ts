import type { Metric } from 'prom-client';

/** Injection token of all of them, in the order of the exposition. */
export const METRIC_SOURCES = Symbol('METRIC_SOURCES');

/** A group of metrics that are measured together. */
export interface MetricSource {
  /** such as `audit_log` */
  readonly name: string;
  /** Rejects when it cannot measure now, such as while the database is away. */
  read(): Promise<readonly Metric[]>;
}
