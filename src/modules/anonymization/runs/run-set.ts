import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { CustomerLocks } from '../../customer';
import { AnonymizationSaga, type Outcome } from '../saga/anonymization.saga';
import { Causes, type Justification } from '../saga/causes';

export interface RunInProgress {
  readonly id: string;
  readonly actor: Actor;
  readonly justification: Justification;
  /** whether this process is about to end */
  readonly isStopping: () => boolean;
}

/** How a set went: how many items reached an end, and how many customers somebody else holds. */
export interface SetResult {
  readonly finished: number;
  readonly deferred: number;
  /** customers whom somebody else held for too long */
  readonly givenUp: readonly string[];
}

export const NOTHING_DONE: SetResult = { finished: 0, deferred: 0, givenUp: [] };

/** Seconds for which a run keeps coming back to a customer whom somebody else holds. */
const LOCK_PATIENCE = 60;

const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/**
 * One set of a run in one transaction. Its row locks are the claim: whoever dies lets go of them, and the next worker finds the items as they
 * were. A customer locked by someone else is put off, never waited for.
 */
@Injectable()
export class RunSet {
  private readonly lastClaimed = new Map<string, string>();

  constructor(
    private readonly transaction: TransactionRunner,
    private readonly customers: CustomerLocks,
    private readonly saga: AnonymizationSaga,
    private readonly causes: Causes,
  ) {}

  /** Claims items nobody else has claimed: fresh ones first, then those put off for more than a moment. */
  async claim(runId: string, size: number): Promise<string[]> {
    const fresh = await this.claimFresh(runId, size);
    if (fresh.length > 0) return fresh;
    return this.select(runId, `deferred_at < now() - interval '250 milliseconds'`, size);
  }

  /** The same for items that are known. */
  claimOf(runId: string, itemIds: readonly string[]): Promise<string[]> {
    return this.select(runId, 'customer_id = ANY ($3::uuid[])', itemIds.length, itemIds);
  }

  /** Anonymizes those of the claimed items whose customers are free. */
  async anonymize(run: RunInProgress, claimed: readonly string[]): Promise<SetResult> {
    if (claimed.length === 0) return NOTHING_DONE;
    await this.transaction.query(`SET LOCAL lock_timeout = '5s'`); // a record may be held although its customer is not
    const locked = await this.customers.lockFreeForAnonymization(claimed);
    const outcomes = await this.saga.anonymize(locked, this.causes.now(run.actor, run.id, run.justification));
    await this.finish(run.id, outcomes);
    const taken = new Set(locked.map(({ id }) => id));
    const held = claimed.filter((id) => !taken.has(id));
    const givenUp = await this.putOff(run.id, held);
    return { finished: outcomes.length + givenUp.length, deferred: held.length - givenUp.length, givenUp };
  }

  /** Begins behind the last item claimed: the index still holds those that are done, and a walk over them would grow with the run. */
  private async claimFresh(runId: string, size: number): Promise<string[]> {
    const after = this.lastClaimed.get(runId) ?? FIRST_ID;
    const claimed = await this.select(runId, 'deferred_at IS NULL AND customer_id > $3', size, after);
    if (claimed.length > 0) {
      this.lastClaimed.set(runId, claimed.at(-1)!);
      return claimed;
    }
    this.lastClaimed.delete(runId);
    return after === FIRST_ID ? [] : this.claimFresh(runId, size); // what a failed transaction gave back
  }

  /** None once the run is paused or being cancelled: both take effect with the next set. */
  private async select(runId: string, condition: string, size: number, ...parameters: unknown[]): Promise<string[]> {
    const rows = await this.transaction.queryPrepared<{ customer_id: string }>(
      `SELECT customer_id FROM anonymization_run_item
       WHERE run_id = $1 AND state = 'READY' AND ${condition}
         AND EXISTS (SELECT FROM anonymization_run WHERE id = $1 AND state = 'RUNNING')
       ORDER BY deferred_at NULLS FIRST, customer_id LIMIT $2 FOR UPDATE SKIP LOCKED`,
      [runId, size, ...parameters],
    );
    return rows.map(({ customer_id }) => customer_id);
  }

  private async finish(runId: string, outcomes: readonly Outcome[]): Promise<void> {
    if (outcomes.length === 0) return;
    await this.transaction.executePrepared(
      `UPDATE anonymization_run_item i SET state = v.state, blockers = v.blockers
       FROM unnest($2::uuid[], $3::text[], $4::json[]) AS v(customer_id, state, blockers)
       WHERE i.run_id = $1 AND i.customer_id = v.customer_id`,
      [
        runId,
        outcomes.map(({ customerId }) => customerId),
        outcomes.map(({ kind }) => kind),
        outcomes.map((outcome) => (outcome.kind === 'BLOCKED' ? JSON.stringify(outcome.blockers) : null)),
      ],
    );
  }

  /** Gives up on those who were held for too long, and says who they are. */
  async putOff(runId: string, customerIds: readonly string[]): Promise<string[]> {
    if (customerIds.length === 0) return [];
    const rows = await this.transaction.query<{ state: string; customer_id: string }>(
      `UPDATE anonymization_run_item SET
         state = CASE WHEN first_deferred_at < now() - $3 * interval '1 second' THEN 'FAILED' ELSE state END,
         failure_code = CASE WHEN first_deferred_at < now() - $3 * interval '1 second' THEN 'CUSTOMER_LOCKED' END,
         first_deferred_at = coalesce(first_deferred_at, now()), deferred_at = now()
       WHERE run_id = $1 AND customer_id = ANY ($2::uuid[]) AND state = 'READY' RETURNING state, customer_id`,
      [runId, customerIds, LOCK_PATIENCE],
    );
    return rows.filter(({ state }) => state === 'FAILED').map(({ customer_id }) => customer_id);
  }
}
