import { Injectable } from '@nestjs/common';
import { Counter, Histogram } from 'prom-client';

export interface Answer {
  readonly method: string;
  /** the route pattern, because a URL may contain personal values */
  readonly route: string;
  readonly status: number;
}

/** Number and duration of requests since the process started. */
@Injectable()
export class RequestStatistics {
  readonly answers = new Counter({
    name: 'lethe_http_requests_total',
    help: 'Requests that were answered, by route pattern, method and status.',
    labelNames: ['method', 'route', 'status'],
    registers: [],
  });

  readonly durations = new Histogram({
    name: 'lethe_http_request_duration_seconds',
    help: 'Time from the start of a request to the end of its response.',
    labelNames: ['method', 'route'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [],
  });

  count({ method, route, status }: Answer, seconds: number): void {
    this.answers.inc({ method, route, status });
    this.durations.observe({ method, route }, seconds);
  }
}
