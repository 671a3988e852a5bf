import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock';
import { TransactionRunner } from '../../../platform/database/transaction-runner';

/** Single acts are cleaned up after together, this long after the first of them. */
const SINGLE_ACTS_WAIT = '10 minutes';

const LATE = '1 hour';

const WAITING = `r.cleaned_at IS NULL AND r.state IN ('COMPLETED', 'CANCELLED')`;

export interface WaitingRuns {
  readonly ids: readonly string[];
  /** whether it is time to clean up after them */
  readonly due: boolean;
  /** whether the first of them ended so long ago that it is worth a warning */
  readonly late: boolean;
}

/** Runs that have ended, and whose old values may still be readable in dead rows and in the database's statistics. */
@Injectable()
export class UncleanedRuns {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly clock: Clock,
  ) {}

  waiting(): Promise<WaitingRuns> {
    return this.transaction.run(async () => {
      const now = this.clock.now();
      await this.passOverThoseWithoutErasure(now);
      const [row] = await this.transaction.query<WaitingRuns>(
        `SELECT coalesce(array_agg(r.id), '{}') AS ids,
           coalesce(bool_or(r.kind = 'SELECTION' OR r.finished_at <= $1::timestamptz - interval '${SINGLE_ACTS_WAIT}'), false) AS due,
           coalesce(bool_or(r.finished_at <= $1::timestamptz - interval '${LATE}'), false) AS late
         FROM anonymization_run r WHERE ${WAITING}`,
        [now],
      );
      return row!;
    });
  }

  async isCleaned(id: string): Promise<boolean> {
    const { ids } = await this.waiting();
    return !ids.includes(id);
  }

  async markCleaned(ids: readonly string[]): Promise<void> {
    await this.transaction.run(() =>
      this.transaction.execute('UPDATE anonymization_run SET cleaned_at = $2 WHERE id = ANY ($1::uuid[])', [
        ids,
        this.clock.now(),
      ]),
    );
  }

  /** Such as refused single acts. */
  private async passOverThoseWithoutErasure(now: Date): Promise<void> {
    await this.transaction.execute(
      `UPDATE anonymization_run r SET cleaned_at = $1 WHERE ${WAITING}
         AND NOT EXISTS (SELECT FROM anonymization_run_item i WHERE i.run_id = r.id AND i.state = 'ANONYMIZED')`,
      [now],
    );
  }
}
