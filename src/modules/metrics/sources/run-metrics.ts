import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock';
import type { Metric, Sample } from '../exposition';
import type { MetricSource } from '../metric-source';
import { type ActiveRun, RunStandings } from '../run-standings';

@Injectable()
export class RunMetrics implements MetricSource {
  readonly name = 'runs';

  constructor(
    private readonly standings: RunStandings,
    private readonly clock: Clock,
  ) {}

  async read(): Promise<readonly Metric[]> {
    const now = this.clock.now();
    const counts = await this.standings.counts();
    const active = await this.standings.active(now);
    const ofEach = (value: (run: ActiveRun) => number | null): Sample[] =>
      active.flatMap((run) => {
        const measured = value(run);
        return measured === null ? [] : [{ labels: { run: run.id }, value: measured }];
      });
    return [
      {
        name: 'lethe_runs',
        help: 'Anonymization runs by kind and state.',
        type: 'gauge',
        labelNames: ['kind', 'state'],
        samples: counts.map(({ kind, state, count }) => ({ labels: { kind, state }, value: count })),
      },
      {
        name: 'lethe_run_customers',
        help: 'Customers of runs that are active, by state.',
        type: 'gauge',
        labelNames: ['run', 'state'],
        samples: active.flatMap(({ id, items }) =>
          Object.entries(items).map(([state, value]) => ({ labels: { run: id, state }, value })),
        ),
      },
      {
        name: 'lethe_run_customers_per_second',
        help: 'Customers finished per second of work, over the run so far.',
        type: 'gauge',
        labelNames: ['run'],
        samples: ofEach(rateOf),
      },
      {
        name: 'lethe_run_progress_age_seconds',
        help: 'Time since a running run last got further.',
        type: 'gauge',
        labelNames: ['run'],
        samples: ofEach(({ state, progressAt }) =>
          state === 'RUNNING' && progressAt !== null ? (now.getTime() - progressAt.getTime()) / 1000 : null,
        ),
      },
    ];
  }
}

function rateOf({ items, workedMs }: ActiveRun): number | null {
  const done = (items.ANONYMIZED ?? 0) + (items.FAILED ?? 0);
  return workedMs > 0 ? (done * 1000) / workedMs : null;
}
