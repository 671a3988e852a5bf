import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import type { Metric } from '../exposition';
import type { MetricSource } from '../metric-source';

@Injectable()
export class DatabaseMetrics implements MetricSource {
  readonly name = 'database';

  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  read(): Promise<readonly Metric[]> {
    const pool = (this.dataSource.driver as unknown as { readonly master: Pool }).master;
    const samples = { in_use: pool.totalCount - pool.idleCount, idle: pool.idleCount, waited_for: pool.waitingCount };
    return Promise.resolve([
      {
        name: 'lethe_database_connections',
        help: "Connections of this process's pool; waited_for: work that waits for one.",
        type: 'gauge',
        labelNames: ['state'],
        samples: Object.entries(samples).map(([state, value]) => ({ labels: { state }, value })),
      },
    ]);
  }
}
