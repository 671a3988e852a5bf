import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { NIL_UUID } from '../../../platform/ids';
import { CustomerLocks } from '../../customer';
import { AnonymizationSaga, AnonymizationContexts, type Justification, type Outcome } from '../../anonymization';
import { claimReadyItems, DEFER_ITEMS, DEFERRED, FRESH } from '../queries/claim-items.queries';

export interface RunInProgress {
  readonly id: string;
  readonly actor: Actor;
  readonly justification: Justification;
  /** whether this process is shutting down */
  readonly isStopping: () => boolean;
}

/**
 * The result of a batch: how many items are finished, and how many are deferred because another transaction holds the
 * customer.
 */
export interface BatchResult {
  readonly finished: number;
  readonly deferred: number;
  /** customers that another transaction held beyond the timeout */
  readonly givenUp: readonly string[];
}

export const NOTHING_DONE: BatchResult = { finished: 0, deferred: 0, givenUp: [] };

/** How long a run retries a customer that another transaction holds; pauses do not count. */
const LOCK_TIMEOUT_SECONDS = 60;

/**
 * The queue of a run: its READY items. A batch is one transaction, and its row locks are the claim: when a worker dies,
 * its locks are released and the next worker finds the items unchanged. A customer that another transaction has locked
 * is deferred, never waited for.
 */
@Injectable()
export class RunQueue {
  private readonly lastClaimed = new Map<string, string>();
  /**
   * Items that a lane of this process works on, by run. Their locks end with each attempt, but a bisection takes
   * several attempts.
   */
  private readonly reserved = new Map<string, Set<string>>();

  constructor(
    private readonly transaction: TransactionRunner,
    private readonly customers: CustomerLocks,
    private readonly saga: AnonymizationSaga,
    private readonly contexts: AnonymizationContexts,
  ) {}

  /**
   * Claims and reserves unclaimed items: new ones first, then those that were deferred a moment ago. Other lanes of
   * this process skip them until {@link releaseItems}, so that only one lane bisects a failed batch.
   */
  async claimBatch(run: RunInProgress, size: number): Promise<string[]> {
    const claimed = await this.transaction.inIndexOrder(async () => {
      const fresh = await this.claimFresh(run, size);
      return fresh.length > 0 ? fresh : this.lockItems(run, DEFERRED, size, this.reservedOf(run.id));
    });
    for (const itemId of claimed) this.reservedItems(run.id).add(itemId);
    return claimed;
  }

  /** Claims known items again. */
  claimItems(run: RunInProgress, itemIds: readonly string[]): Promise<string[]> {
    return this.lockItems(run, 'customer_id = ANY ($4::uuid[])', itemIds.length, itemIds);
  }

  /** Ends the reservation of {@link claimBatch}. */
  releaseItems(runId: string, itemIds: readonly string[]): void {
    const reserved = this.reservedItems(runId);
    for (const itemId of itemIds) reserved.delete(itemId);
    if (reserved.size === 0) this.reserved.delete(runId);
  }

  /** Anonymizes the claimed items whose customers are not locked, and defers the others. */
  async anonymizeBatch(run: RunInProgress, claimed: readonly string[]): Promise<BatchResult> {
    if (claimed.length === 0) return NOTHING_DONE;
    await this.transaction.query(`SET LOCAL lock_timeout = '5s'`); // its records may still be locked
    const locked = await this.customers.lockFreeForAnonymization(claimed);
    const outcomes = await this.saga.anonymize(locked, this.contexts.create(run.actor, run.id, run.justification));
    await this.finishItems(run.id, outcomes);
    const taken = new Set(locked.map(({ id }) => id));
    const held = claimed.filter((id) => !taken.has(id));
    const givenUp = await this.deferItems(run.id, held);
    return { finished: outcomes.length + givenUp.length, deferred: held.length - givenUp.length, givenUp };
  }

  /**
   * Starts after the last claimed item: the index still holds the finished ones, and scanning them would take longer
   * with every batch.
   */
  private async claimFresh(run: RunInProgress, size: number): Promise<string[]> {
    const after = this.lastClaimed.get(run.id) ?? NIL_UUID;
    const claimed = await this.lockItems(run, FRESH, size, this.reservedOf(run.id), after);
    if (claimed.length > 0) {
      this.lastClaimed.set(run.id, claimed.at(-1)!);
      return claimed;
    }
    this.lastClaimed.delete(run.id);
    return after === NIL_UUID ? [] : this.claimFresh(run, size); // finds items that a failed transaction returned
  }

  /**
   * Locks no item once the run is paused or being cancelled, or its administrator is locked or replaced: each takes
   * effect with the next batch. For each condition there is an index with this order, so that no plan sorts the
   * remaining items.
   */
  private async lockItems(
    run: RunInProgress,
    condition: string,
    size: number,
    ...parameters: readonly unknown[]
  ): Promise<string[]> {
    const rows = await this.transaction.queryPrepared<{ customer_id: string }>(claimReadyItems(condition), [
      run.id,
      size,
      run.actor.id,
      ...parameters,
    ]);
    return rows.map(({ customer_id }) => customer_id);
  }

  private reservedOf(runId: string): string[] {
    return [...(this.reserved.get(runId) ?? [])];
  }

  private reservedItems(runId: string): Set<string> {
    const items = this.reserved.get(runId) ?? new Set<string>();
    this.reserved.set(runId, items);
    return items;
  }

  /**
   * Writes the outcomes with one statement per state: a join with an array of states would compare the items with each
   * other.
   */
  private async finishItems(runId: string, outcomes: readonly Outcome[]): Promise<void> {
    for (const kind of ['ANONYMIZED', 'ALREADY_ANONYMIZED'] as const) {
      const ids = outcomes.filter((outcome) => outcome.kind === kind).map(({ customerId }) => customerId);
      if (ids.length > 0)
        await this.transaction.executePrepared(
          `UPDATE anonymization_run_item SET state = $3, blockers = NULL
           WHERE run_id = $1 AND customer_id = ANY ($2::uuid[])`,
          [runId, ids, kind],
        );
    }
    for (const outcome of outcomes)
      if (outcome.kind === 'BLOCKED')
        await this.transaction.executePrepared(
          `UPDATE anonymization_run_item SET state = 'BLOCKED', blockers = $3
           WHERE run_id = $1 AND customer_id = $2`,
          [runId, outcome.customerId, JSON.stringify(outcome.blockers)],
        );
  }

  /** Defers customers that another transaction holds. Fails those held beyond the timeout, and returns their ids. */
  async deferItems(runId: string, customerIds: readonly string[]): Promise<string[]> {
    if (customerIds.length === 0) return [];
    const rows = await this.transaction.query<{ state: string; customer_id: string }>(DEFER_ITEMS, [
      runId,
      customerIds,
      LOCK_TIMEOUT_SECONDS,
    ]);
    return rows.filter(({ state }) => state === 'FAILED').map(({ customer_id }) => customer_id);
  }
}
