import { Injectable } from '@nestjs/common';
import type { Metric } from 'prom-client';
import { RequestStatistics } from '../../../platform/http/request-statistics';
import type { MetricSource } from '../metric-source';

@Injectable()
export class RequestMetrics implements MetricSource {
  readonly name = 'http';

  constructor(private readonly statistics: RequestStatistics) {}

  read(): Promise<readonly Metric[]> {
    return Promise.resolve([this.statistics.answers, this.statistics.durations]);
  }
}
