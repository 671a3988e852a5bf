import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import type { Metric } from 'prom-client';
import { DataSource } from 'typeorm';
import { labelledGauge } from '../gauge';
import type { MetricSource } from '../metric-source';

@Injectable()
export class DatabaseMetrics implements MetricSource {
  readonly name = 'database';

  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  read(): Promise<readonly Metric[]> {
    const pool = (this.dataSource.driver as unknown as { readonly master: Pool }).master;
    const connections = {
      in_use: pool.totalCount - pool.idleCount,
      idle: pool.idleCount,
      waited_for: pool.waitingCount,
    };
    return Promise.resolve([
      labelledGauge(
        'lethe_database_connections',
        "Connections of this process's pool; waited_for counts callers that wait for one.",
        ['state'],
        Object.entries(connections).map(([state, count]) => [[state], count]),
      ),
    ]);
  }
}
