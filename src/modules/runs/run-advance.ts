import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import {
  databaseCodeOf,
  isTransient,
  LOCK_NOT_AVAILABLE,
  retryTransient,
} from '../../platform/database/transient-failure';
import { type FailedAttempt, failureCodeOf, Failures, placeOf } from '../anonymization';
import { NOTHING_DONE, type RunInProgress, RunSet, type SetResult } from './run-set';
import { SetSizing } from './set-sizing';

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
          this.sets.release(run.id, itemIds); // of an attempt that met a transient failure
          itemIds = await this.sets.claim(run, this.sizing.size);
          return this.anonymize(run, itemIds);
        }),
      );
      this.sizing.learn(itemIds.length - result.deferred, performance.now() - start);
      return { claimed: itemIds.length, ...result };
    } catch (error) {
      return { claimed: itemIds.length, ...(await this.narrow(run, itemIds, error)) };
    } finally {
      this.sets.release(run.id, itemIds);
    }
  }

  private async anonymize(run: RunInProgress, claimed: readonly string[]): Promise<SetResult> {
    const result = await this.sets.anonymize(run, claimed);
    await this.failures.recordLocked(result.givenUp.map((customerId) => attempt(run, customerId)));
    return result;
  }

  private async again(run: RunInProgress, itemIds: readonly string[]): Promise<SetResult> {
    try {
      return await retryTransient(() =>
        this.transaction.run(async () => this.anonymize(run, await this.sets.claimOf(run, itemIds))),
      );
    } catch (error) {
      return this.narrow(run, itemIds, error);
    }
  }

  /** Halves a set that failed for an unexpected reason until the customer who cannot be done stands alone; the others are done. */
  private async narrow(run: RunInProgress, itemIds: readonly string[], error: unknown): Promise<SetResult> {
    if (itemIds.length === 0 || isTransient(error)) throw error; // not the customers' fault: the items stay as they are
    if (run.isStopping()) return NOTHING_DONE; // each try may wait for a lock, and whoever comes next finds the items
    if (itemIds.length === 1) return this.giveUp(run, itemIds[0]!, error);
    const middle = Math.ceil(itemIds.length / 2);
    const first = await this.again(run, itemIds.slice(0, middle));
    const second = await this.again(run, itemIds.slice(middle));
    return {
      finished: first.finished + second.finished,
      deferred: first.deferred + second.deferred,
      givenUp: [...first.givenUp, ...second.givenUp],
    };
  }

  /** A record that somebody else holds is waited for like a customer; anything else is the customer's failure. */
  private async giveUp(run: RunInProgress, customerId: string, error: unknown): Promise<SetResult> {
    if (databaseCodeOf(error) === LOCK_NOT_AVAILABLE) {
      const givenUp = await this.transaction.run(async () => {
        const held = await this.sets.putOff(run.id, [customerId]);
        await this.failures.recordLocked(held.map((id) => attempt(run, id)));
        return held;
      });
      return { finished: givenUp.length, deferred: 1 - givenUp.length, givenUp };
    }
    const failed = await this.transaction.run(async () => {
      const changed = await this.transaction.execute(
        `UPDATE anonymization_run_item SET state = 'FAILED', failure_code = $3, failure = $4
         WHERE run_id = $1 AND customer_id = $2 AND state = 'READY'`,
        [run.id, customerId, failureCodeOf(error), placeOf(error)],
      );
      if (changed > 0) await this.failures.record(attempt(run, customerId), error); // else another worker was the first
      return changed;
    });
    return { finished: failed, deferred: 0, givenUp: [] };
  }
}

const attempt = ({ id, actor, justification }: RunInProgress, customerId: string): FailedAttempt => ({
  customerId,
  runId: id,
  actor,
  ...justification,
});
