import { Injectable } from '@nestjs/common';
import { DURATION_BUCKETS, RequestStatistics } from '../../../platform/http/request-statistics';
import type { Metric } from '../exposition';
import type { MetricSource } from '../metric-source';

@Injectable()
export class RequestMetrics implements MetricSource {
  readonly name = 'http';

  constructor(private readonly statistics: RequestStatistics) {}

  read(): Promise<readonly Metric[]> {
    const { answers, durations } = this.statistics;
    return Promise.resolve([
      {
        name: 'lethe_http_requests_total',
        help: 'Answered requests by pattern of the route, method and status.',
        type: 'counter',
        labelNames: ['method', 'route', 'status'],
        samples: answers.map(({ method, route, status, count }) => ({
          labels: { method, route, status: String(status) },
          value: count,
        })),
      },
      {
        name: 'lethe_http_request_duration_seconds',
        help: 'Time from a request to the end of its answer.',
        type: 'histogram',
        labelNames: ['method', 'route'],
        samples: durations.flatMap(({ method, route, buckets, sum, count }) => [
          ...DURATION_BUCKETS.map((le, index) => ({
            suffix: '_bucket',
            labels: { method, route, le: String(le) },
            value: buckets[index]!,
          })),
          { suffix: '_bucket', labels: { method, route, le: '+Inf' }, value: count },
          { suffix: '_sum', labels: { method, route }, value: sum },
          { suffix: '_count', labels: { method, route }, value: count },
        ]),
      },
    ]);
  }
}
