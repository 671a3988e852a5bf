import { Injectable } from '@nestjs/common';
import type { Metric } from 'prom-client';
import { Clock } from '../../../platform/clock/clock';
import { type ActiveRun, RunStandings } from '../../runs';
import { labelledGauge, type Sample } from '../gauge';
import type { MetricSource } from '../metric-source';

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
        return measured === null ? [] : [[[run.id], measured] as const];
      });
    return [
      labelledGauge(
        'lethe_runs',
        'Anonymization runs by kind and state.',
        ['kind', 'state'],
        counts.map(({ kind, state, count }) => [[kind, state], count]),
      ),
      labelledGauge(
        'lethe_run_customers',
        'Customers of active runs, by state.',
        ['run', 'state'],
        active.flatMap(({ id, items }) => Object.entries(items).map(([state, count]): Sample => [[id, state], count])),
      ),
      labelledGauge(
        'lethe_run_customers_per_second',
        'Customers that the run has finished per second of work so far.',
        ['run'],
        ofEach(rateOf),
      ),
      labelledGauge(
        'lethe_run_progress_age_seconds',
        'Time since the last progress of a running run.',
        ['run'],
        ofEach(({ state, progressAt }) =>
          state === 'RUNNING' && progressAt !== null ? (now.getTime() - progressAt.getTime()) / 1000 : null,
        ),
      ),
    ];
  }
}

function rateOf({ items, workedMs }: ActiveRun): number | null {
  const done = (items.ANONYMIZED ?? 0) + (items.FAILED ?? 0);
  return workedMs > 0 ? (done * 1000) / workedMs : null;
}
