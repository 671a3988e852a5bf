import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../platform/database/transaction-runner';

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

/**
 * Time of the last progress. Every outcome of a locked customer is audited, and so are start and resumption; an index
 * returns the newest entry directly.
 */
const PROGRESS = `greatest(r.working_since, (
  SELECT (e.content ->> 'occurredAt')::timestamptz FROM audit.entry e WHERE e.content ->> 'runId' = r.id::text
  ORDER BY e.content ->> 'occurredAt' DESC, e.id DESC LIMIT 1))`;

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
    return this.transaction.readAlone<ActiveRun>(
      `SELECT r.id, r.state, ${PROGRESS} AS "progressAt",
         (r.worked_ms + coalesce(extract(epoch FROM $1::timestamptz - r.working_since) * 1000,
           0))::float8 AS "workedMs",
         (SELECT coalesce(jsonb_object_agg(i.state, i.count), '{}') FROM (
           SELECT state, count(*) FROM anonymization_run_item WHERE run_id = r.id GROUP BY state) AS i) AS items
       FROM anonymization_run r WHERE r.state IN ('PREVIEWING', 'RUNNING', 'PAUSED', 'CANCELLING')
         AND r.kind = 'SELECTION' ORDER BY r.id`,
      [now],
    );
  }

  /** Runs that should make progress without an administrator. */
  running(): Promise<WorkingRun[]> {
    return this.transaction.readAlone<WorkingRun>(
      `SELECT r.id, ${PROGRESS} AS "progressAt" FROM anonymization_run r WHERE r.state = 'RUNNING'
          AND r.working_since IS NOT NULL ORDER BY r.id`,
      [],
    );
  }
}
