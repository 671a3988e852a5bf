import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Counter, type Metric } from 'prom-client';
import { gauge } from '../gauge';
import type { MetricSource } from '../metric-source';

const RESOLUTION_MS = 20;
const NANOSECONDS = 1e9;
const MICROSECONDS = 1e6;

/** Process metrics under the names that common dashboards expect. */
@Injectable()
export class ProcessMetrics implements MetricSource, OnModuleInit, OnModuleDestroy {
  readonly name = 'process';
  private readonly lag: IntervalHistogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  private readonly startedAt = Date.now() / 1000 - process.uptime();

  onModuleInit(): void {
    this.lag.enable();
  }

  onModuleDestroy(): void {
    this.lag.disable();
  }

  read(): Promise<readonly Metric[]> {
    const { rss, heapTotal, heapUsed, external } = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    const cpu = new Counter({
      name: 'process_cpu_seconds_total',
      help: 'User and system CPU time.',
      registers: [],
    });
    cpu.inc((user + system) / MICROSECONDS);
    return Promise.resolve([
      cpu,
      gauge('process_start_time_seconds', 'Start time of the process, in seconds since 1970.', this.startedAt),
      gauge('process_resident_memory_bytes', 'Resident memory size.', rss),
      gauge('nodejs_heap_size_total_bytes', 'Reserved heap size.', heapTotal),
      gauge('nodejs_heap_size_used_bytes', 'Used heap size.', heapUsed),
      gauge('nodejs_external_memory_bytes', 'Memory outside of the V8 heap.', external),
      ...this.lags(),
    ]);
  }

  /**
   * Event loop lag since the last scrape. The histogram records the interval between two timer ticks, which is never
   * shorter than requested.
   */
  private lags(): Metric[] {
    const seconds = (nanoseconds: number) =>
      Number.isFinite(nanoseconds) ? Math.max(0, nanoseconds / NANOSECONDS - RESOLUTION_MS / 1000) : 0;
    const metrics = [
      gauge('nodejs_eventloop_lag_mean_seconds', 'Mean delay of the event loop.', seconds(this.lag.mean)),
      gauge('nodejs_eventloop_lag_p99_seconds', '99th percentile of its delay.', seconds(this.lag.percentile(99))),
      gauge('nodejs_eventloop_lag_max_seconds', 'Longest delay of the event loop.', seconds(this.lag.max)),
    ];
    this.lag.reset();
    return metrics;
  }
}
