import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { SELECT_ACTIVE_RUNS, SELECT_RUNNING_RUNS } from '../queries/run-standings.queries';

export interface RunCount {
  readonly kind: string;
  readonly state: string;
  readonly count: number;
}

/** A run that has not ended, except a finished preview. */
export interface ActiveRun {
  readonly id: string;
  readonly state: string;
  /** state → number of customers */
  readonly items: Readonly<Record<string, number>>;
  readonly workedMs: number;
  readonly progressAt: Date | null;
}

export interface WorkingRun {
  readonly id: string;
  readonly progressAt: Date;
}

/** Progress of runs. */
@Injectable()
export class RunStandings {
  constructor(private readonly transaction: TransactionRunner) {}

  counts(): Promise<RunCount[]> {
    return this.transaction.readAlone<RunCount>(
      'SELECT kind, state, count(*)::float8 AS count FROM anonymization_run GROUP BY kind, state ORDER BY kind, state',
      [],
    );
  }

  active(now: Date): Promise<ActiveRun[]> {
    return this.transaction.readAlone<ActiveRun>(SELECT_ACTIVE_RUNS, [now]);
  }

  /** Runs that should make progress without an administrator. */
  running(): Promise<WorkingRun[]> {
    return this.transaction.readAlone<WorkingRun>(SELECT_RUNNING_RUNS, []);
  }
}
