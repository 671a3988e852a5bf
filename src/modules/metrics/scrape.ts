import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { Logger } from '../../platform/logging/logger';
import { expositionOf, type Metric } from './exposition';
import { METRIC_SOURCES, type MetricSource } from './metric-source';

/** Less than a scraper waits by default. */
const PATIENCE_MS = 5_000;

interface Reading {
  readonly source: string;
  /** null: it could not be measured */
  readonly metrics: readonly Metric[] | null;
}

class MetricsTooSlow extends Error {
  override readonly name = 'MetricsTooSlow';
  readonly code = 'METRICS_TOO_SLOW';
}

/** All that is measured, as text. What cannot be measured now is left out and said to be so: the rest tells why. */
@Injectable()
export class Scrape {
  private underWay: Promise<string> | undefined;

  constructor(
    @Inject(METRIC_SOURCES) private readonly sources: readonly MetricSource[],
    private readonly logger: Logger,
  ) {}

  /** One at a time: whoever asks meanwhile gets the same. */
  text(): Promise<string> {
    this.underWay ??= this.read()
      .then(expositionOf)
      .finally(() => (this.underWay = undefined));
    return this.underWay;
  }

  /** Every metric, measured now; those of a source that cannot be read are missing. */
  async read(): Promise<readonly Metric[]> {
    const readings = await Promise.all(this.sources.map((source) => this.readingOf(source)));
    const readable: Metric = {
      name: 'lethe_metrics_readable',
      help: 'Whether a group of metrics could be measured.',
      type: 'gauge',
      labelNames: ['source'],
      samples: readings.map(({ source, metrics }) => ({ labels: { source }, value: metrics === null ? 0 : 1 })),
    };
    return [...readings.flatMap(({ metrics }) => metrics ?? []), readable];
  }

  private async readingOf(source: MetricSource): Promise<Reading> {
    const patience = new AbortController();
    const tooLate = delay(PATIENCE_MS, undefined, { signal: patience.signal }).then(() => {
      throw new MetricsTooSlow();
    });
    try {
      return { source: source.name, metrics: await Promise.race([source.read(), tooLate]) };
    } catch (error) {
      this.logger.failure('metrics_unreadable', error, { source: source.name });
      return { source: source.name, metrics: null };
    } finally {
      tooLate.catch(() => undefined); // nobody waits for it any more
      patience.abort();
    }
  }
}
