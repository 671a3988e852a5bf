import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import {
  databaseCodeOf,
  isTransient,
  LOCK_NOT_AVAILABLE,
  retryTransient,
} from '../../../platform/database/transient-failure';
import { type FailedAttempt, failureCodeOf, Failures, locationOf } from '../../anonymization';
import { NOTHING_DONE, type RunInProgress, RunQueue, type BatchResult } from './run-queue';
import { BatchSize } from './batch-size';

/** Anonymizes the next batch of a run. Bisects a failed batch until the failing customer is isolated. */
@Injectable()
export class RunExecutor {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly queue: RunQueue,
    private readonly batchSize: BatchSize,
    private readonly failures: Failures,
  ) {}

  /** Claims and anonymizes the next batch in one transaction: its row locks are the claim. */
  async executeNextBatch(run: RunInProgress): Promise<BatchResult & { readonly claimed: number }> {
    let itemIds: string[] = [];
    const start = performance.now();
    try {
      const result = await retryTransient(() =>
        this.transaction.run(async () => {
          this.queue.releaseItems(run.id, itemIds); // reserved by an attempt that met a transient failure
          itemIds = await this.queue.claimBatch(run, this.batchSize.customers);
          return this.anonymize(run, itemIds);
        }),
      );
      this.batchSize.adapt(itemIds.length - result.deferred, performance.now() - start);
      return { claimed: itemIds.length, ...result };
    } catch (error) {
      return { claimed: itemIds.length, ...(await this.bisect(run, itemIds, error)) };
    } finally {
      this.queue.releaseItems(run.id, itemIds);
    }
  }

  private async anonymize(run: RunInProgress, claimed: readonly string[]): Promise<BatchResult> {
    const result = await this.queue.anonymizeBatch(run, claimed);
    await this.failures.recordLocked(result.givenUp.map((customerId) => attempt(run, customerId)));
    return result;
  }

  private async retryItems(run: RunInProgress, itemIds: readonly string[]): Promise<BatchResult> {
    try {
      return await retryTransient(() =>
        this.transaction.run(async () => this.anonymize(run, await this.queue.claimItems(run, itemIds))),
      );
    } catch (error) {
      return this.bisect(run, itemIds, error);
    }
  }

  /**
   * Halves a batch that failed for an unexpected reason until the failing customer is isolated. The others are
   * anonymized.
   */
  private async bisect(run: RunInProgress, itemIds: readonly string[], error: unknown): Promise<BatchResult> {
    if (itemIds.length === 0 || isTransient(error)) throw error; // not the customers' fault: the items stay READY
    if (run.isStopping()) return NOTHING_DONE; // each retry may wait for a lock, and the next worker finds the items
    if (itemIds.length === 1) return this.giveUp(run, itemIds[0]!, error);
    const middle = Math.ceil(itemIds.length / 2);
    const first = await this.retryItems(run, itemIds.slice(0, middle));
    const second = await this.retryItems(run, itemIds.slice(middle));
    return {
      finished: first.finished + second.finished,
      deferred: first.deferred + second.deferred,
      givenUp: [...first.givenUp, ...second.givenUp],
    };
  }

  /** Defers a customer whose record another transaction holds; any other error is the customer's failure. */
  private async giveUp(run: RunInProgress, customerId: string, error: unknown): Promise<BatchResult> {
    if (databaseCodeOf(error) === LOCK_NOT_AVAILABLE) {
      const givenUp = await this.transaction.run(async () => {
        const held = await this.queue.deferItems(run.id, [customerId]);
        await this.failures.recordLocked(held.map((id) => attempt(run, id)));
        return held;
      });
      return { finished: givenUp.length, deferred: 1 - givenUp.length, givenUp };
    }
    const failed = await this.transaction.run(async () => {
      const changed = await this.transaction.execute(
        `UPDATE anonymization_run_item SET state = 'FAILED', failure_code = $3, failure = $4
         WHERE run_id = $1 AND customer_id = $2 AND state = 'READY'`,
        [run.id, customerId, failureCodeOf(error), locationOf(error)],
      );
      // otherwise another worker has finished it first
      if (changed > 0) await this.failures.record(attempt(run, customerId), error);
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
