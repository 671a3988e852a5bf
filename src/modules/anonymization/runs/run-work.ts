import { Injectable } from '@nestjs/common';
import { Role } from '../../../kernel/role';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { databaseCodeOf, isTransient, retryTransient } from '../../../platform/database/transient-failure';
import type { Reason } from '../saga/causes';
import { Failures } from './failures';
import { type RunInProgress, RunSet, type SetResult } from './run-set';
import { Runs } from './runs';

const SET_SIZE = 250;
const LOCK_NOT_AVAILABLE = '55P03';

interface WaitingRun {
  readonly id: string;
  readonly state: 'PREVIEWING' | 'RUNNING';
  readonly reason: Reason | null;
  readonly reference: string | null;
  readonly started_by: string | null;
  readonly display_name: string | null;
}

/** One round over all runs that wait for something. */
@Injectable()
export class RunWork {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly runs: Runs,
    private readonly sets: RunSet,
    private readonly failures: Failures,
  ) {}

  /** True when something was done and there may be more. */
  async once(isStopping: () => boolean, report: (error: unknown, runId: string) => void): Promise<boolean> {
    let advanced = false;
    for (const run of await this.waiting()) {
      if (isStopping()) return false;
      try {
        advanced = (run.state === 'PREVIEWING' ? await this.preview(run.id) : await this.advance(run)) || advanced;
      } catch (error) {
        report(error, run.id); // it waits for the next look; the other runs go on
      }
    }
    return advanced;
  }

  private waiting(): Promise<WaitingRun[]> {
    return this.transaction.run(() =>
      this.transaction.query<WaitingRun>(
        `SELECT r.id, r.state, r.reason, r.reference, r.started_by, e.display_name
         FROM anonymization_run r LEFT JOIN employee e ON e.id = r.started_by
         WHERE r.state IN ('PREVIEWING', 'RUNNING') ORDER BY r.created_at, r.id`,
      ),
    );
  }

  private preview(runId: string): Promise<boolean> {
    return this.transaction.run(() => this.runs.preview(runId));
  }

  /** One set, or the end of the run. */
  private async advance({ id, reason, reference, started_by, display_name }: WaitingRun): Promise<boolean> {
    const actor = { id: started_by!, displayName: display_name!, role: Role.ADMINISTRATOR };
    const itemIds = await this.transaction.run(() => this.sets.next(id, SET_SIZE));
    if (itemIds.length === 0) {
      await this.transaction.run(() => this.runs.completeWhenDone(id, actor));
      return false;
    }
    const { finished } = await this.anonymize({ id, actor, justification: { reason: reason!, reference } }, itemIds);
    return finished > 0;
  }

  /** Halves a set that fails for an unexpected reason until the customer who cannot be done stands alone; the others are done. */
  private async anonymize(run: RunInProgress, itemIds: readonly string[]): Promise<SetResult> {
    try {
      return await retryTransient(() => this.transaction.run(() => this.sets.anonymize(run, itemIds)));
    } catch (error) {
      if (isTransient(error)) throw error; // not the customers' fault: the items stay as they are
      if (itemIds.length === 1) return this.giveUp(run, itemIds[0]!, error);
      const middle = Math.ceil(itemIds.length / 2);
      const first = await this.anonymize(run, itemIds.slice(0, middle));
      const second = await this.anonymize(run, itemIds.slice(middle));
      return { finished: first.finished + second.finished, deferred: first.deferred + second.deferred };
    }
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
