import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { MARK_CLEANED, SKIP_RUNS_WITHOUT_ERASURE, SUM_UP_WAITING_RUNS } from '../queries/uncleaned-runs.queries';

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
      const row = await this.transaction.one<Omit<WaitingRuns, 'readAt'>>(SUM_UP_WAITING_RUNS, [now]);
      return { ...row, readAt: now };
    });
  }

  async isCleaned(id: string): Promise<boolean> {
    const { ids } = await this.findWaiting();
    return !ids.includes(id);
  }

  /** Skips runs that continued after they were read: what they erased since then waits for the next clean-up. */
  async markCleaned({ ids, readAt }: Pick<WaitingRuns, 'ids' | 'readAt'>): Promise<void> {
    await this.transaction.run(() => this.transaction.execute(MARK_CLEANED, [ids, this.clock.now(), readAt]));
  }

  /** Marks runs as cleaned that erased nothing, such as refused anonymizations of single customers. */
  private async skipRunsWithoutErasure(now: Date): Promise<void> {
    await this.transaction.execute(SKIP_RUNS_WITHOUT_ERASURE, [now]);
  }
}
