import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { databaseCodeOf, isTransient, retryTransient } from '../../../platform/database/transient-failure';
import { Failures } from './failures';
import { type RunInProgress, RunSet, type SetResult } from './run-set';
import { SetSizing } from './set-sizing';

const LOCK_NOT_AVAILABLE = '55P03';

/** Takes a run one set further, and finds the customer who cannot be done when a set fails. */
@Injectable()
export class RunAdvance {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly sets: RunSet,
    private readonly sizing: SetSizing,
    private readonly failures: Failures,
  ) {}

  /** The next set, claimed and anonymized in one transaction: its row locks are the claim. */
  async next(run: RunInProgress): Promise<SetResult & { readonly claimed: number }> {
    let itemIds: string[] = [];
    const start = performance.now();
    try {
      const result = await retryTransient(() =>
        this.transaction.run(async () => {
          itemIds = await this.sets.claim(run.id, this.sizing.size);
          return this.sets.anonymize(run, itemIds);
        }),
      );
      this.sizing.learn(itemIds.length - result.deferred, performance.now() - start);
      return { claimed: itemIds.length, ...result };
    } catch (error) {
      return { claimed: itemIds.length, ...(await this.narrow(run, itemIds, error)) };
    }
  }

  private async again(run: RunInProgress, itemIds: readonly string[]): Promise<SetResult> {
    try {
      return await retryTransient(() =>
        this.transaction.run(async () => this.sets.anonymize(run, await this.sets.claimOf(run.id, itemIds))),
      );
    } catch (error) {
      return this.narrow(run, itemIds, error);
    }
  }

  /** Halves a set that failed for an unexpected reason until the customer who cannot be done stands alone; the others are done. */
  private async narrow(run: RunInProgress, itemIds: readonly string[], error: unknown): Promise<SetResult> {
    if (itemIds.length === 0 || isTransient(error)) throw error; // not the customers' fault: the items stay as they are
    if (itemIds.length === 1) return this.giveUp(run, itemIds[0]!, error);
    const middle = Math.ceil(itemIds.length / 2);
    const first = await this.again(run, itemIds.slice(0, middle));
    const second = await this.again(run, itemIds.slice(middle));
    return { finished: first.finished + second.finished, deferred: first.deferred + second.deferred };
  }

  /** A record that somebody else holds is waited for like a customer; anything else is the customer's failure. */
  private async giveUp(run: RunInProgress, customerId: string, error: unknown): Promise<SetResult> {
    if (databaseCodeOf(error) === LOCK_NOT_AVAILABLE) {
      const givenUp = await this.transaction.run(() => this.sets.putOff(run.id, [customerId]));
      return { finished: givenUp, deferred: 1 - givenUp };
    }
    const { id, actor, justification } = run;
    await this.transaction.run(async () => {
      const failureCode = await this.failures.record({ customerId, runId: id, actor, ...justification }, error);
      await this.transaction.execute(
        `UPDATE anonymization_run_item SET state = 'FAILED', failure_code = $3 WHERE run_id = $1 AND customer_id = $2 AND state = 'READY'`,
        [id, customerId, failureCode],
      );
    });
    return { finished: 1, deferred: 0 };
  }
}
