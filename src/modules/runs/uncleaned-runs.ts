import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock';
import { TransactionRunner } from '../../platform/database/transaction-runner';

/** Anonymizations of single customers are cleaned up together, this long after the first of them. */
const SINGLE_RUNS_WAIT = '10 minutes';

const LATE = '1 hour';

const WAITING = `r.cleaned_at IS NULL AND r.state IN ('COMPLETED', 'CANCELLED', 'PAUSED', 'EXPIRED')`;

/** When the run last changed customers. It may continue after a pause. */
const STOPPED_AT = 'coalesce(r.finished_at, r.paused_at)';

export interface WaitingRuns {
  readonly ids: readonly string[];
  /** whether their clean-up is due */
  readonly due: boolean;
  /** whether the first of them ended so long ago that a warning is justified */
  readonly late: boolean;
  /** passed to {@link UncleanedRuns.markCleaned} */
  readonly readAt: Date;
}

/**
 * Runs that have ended or are paused and whose old values may still be readable in dead rows and in the database's
 * statistics.
 */
@Injectable()
export class UncleanedRuns {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly clock: Clock,
  ) {}

  findWaiting(): Promise<WaitingRuns> {
    return this.transaction.run(async () => {
      const now = this.clock.now();
      await this.skipRunsWithoutErasure(now);
      const row = await this.transaction.one<Omit<WaitingRuns, 'readAt'>>(
        `SELECT coalesce(array_agg(r.id), '{}') AS ids,
           coalesce(bool_or(r.kind = 'SELECTION' OR ${STOPPED_AT} <= $1::timestamptz - interval '${SINGLE_RUNS_WAIT}'),
             false) AS due,
           coalesce(bool_or(${STOPPED_AT} <= $1::timestamptz - interval '${LATE}'), false) AS late
         FROM anonymization_run r WHERE ${WAITING}`,
        [now],
      );
      return { ...row, readAt: now };
    });
  }

  async isCleaned(id: string): Promise<boolean> {
    const { ids } = await this.findWaiting();
    return !ids.includes(id);
  }

  /** Skips runs that continued after they were read: what they erased since then waits for the next clean-up. */
  async markCleaned({ ids, readAt }: Pick<WaitingRuns, 'ids' | 'readAt'>): Promise<void> {
    await this.transaction.run(() =>
      this.transaction.execute(
        `UPDATE anonymization_run r SET cleaned_at = $2
         WHERE r.id = ANY ($1::uuid[]) AND ${WAITING} AND ${STOPPED_AT} <= $3`,
        [ids, this.clock.now(), readAt],
      ),
    );
  }

  /** Marks runs as cleaned that erased nothing, such as refused anonymizations of single customers. */
  private async skipRunsWithoutErasure(now: Date): Promise<void> {
    await this.transaction.execute(
      `UPDATE anonymization_run r SET cleaned_at = $1 WHERE ${WAITING}
         AND NOT EXISTS (SELECT FROM anonymization_run_item i WHERE i.run_id = r.id AND i.state = 'ANONYMIZED')`,
      [now],
    );
  }
}
