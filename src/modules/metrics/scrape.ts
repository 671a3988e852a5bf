import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { type Metric, Registry } from 'prom-client';
import { Logger } from '../../platform/logging/logger';
import { labelledGauge } from './gauge';
import { METRIC_SOURCES, type MetricSource } from './metric-source';

/** Shorter than a scraper's default timeout. */
const SOURCE_TIMEOUT_MS = 5_000;

class MetricsTooSlow extends Error {
  override readonly name = 'MetricsTooSlow';
  readonly code = 'METRICS_TOO_SLOW';
}

/** Measures every source. Omits a source that cannot be read; `lethe_metrics_readable` reports it. */
@Injectable()
export class Scrape {
  private inProgress: Promise<string> | undefined;

  constructor(
    @Inject(METRIC_SOURCES) private readonly sources: readonly MetricSource[],
    private readonly logger: Logger,
  ) {}

  /**
   * Returns the metrics in the Prometheus text format. One scrape runs at a time; concurrent callers share its result.
   */
  text(): Promise<string> {
    this.inProgress ??= this.read()
      .then((registry) => registry.metrics())
      .finally(() => (this.inProgress = undefined));
    return this.inProgress;
  }

  /** Every metric, measured now. */
  async read(): Promise<Registry> {
    const readings = await Promise.all(this.sources.map((source) => this.measure(source)));
    const registry = new Registry();
    for (const metric of readings.flatMap((metrics) => metrics ?? [])) registry.registerMetric(metric);
    registry.registerMetric(
      labelledGauge(
        'lethe_metrics_readable',
        '1 if this source of metrics could be read.',
        ['source'],
        this.sources.map(({ name }, index) => [[name], Number(readings[index] !== null)]),
      ),
    );
    return registry;
  }

  /** Null when the source fails or takes too long. */
  private async measure(source: MetricSource): Promise<readonly Metric[] | null> {
    const timer = new AbortController();
    const timeout = delay(SOURCE_TIMEOUT_MS, undefined, { signal: timer.signal }).then(() => {
      throw new MetricsTooSlow();
    });
    try {
      return await Promise.race([source.read(), timeout]);
    } catch (error) {
      this.logger.failure('metrics_read_failed', error, { source: source.name });
      return null;
    } finally {
      timeout.catch(() => undefined); // aborting the timer rejects this promise, which is no longer awaited
      timer.abort();
    }
  }
}
