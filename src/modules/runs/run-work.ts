import { Injectable } from '@nestjs/common';
import { Role } from '../../kernel/role';
import { Clock } from '../../platform/clock/clock';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import type { Reason } from '../anonymization';
import { RunAdvance } from './run-advance';
import { isPauseExpired, type RunState } from './run-state';
import { Runs } from './runs';

interface WaitingRun {
  readonly id: string;
  readonly state: Extract<RunState, 'PREVIEWING' | 'RUNNING' | 'CANCELLING' | 'PAUSED'>;
  readonly reason: Reason | null;
  readonly reference: string | null;
  readonly started_by: string | null;
  readonly display_name: string | null;
  /** whether the employee who started it may still do so */
  readonly has_administrator: boolean | null;
}

/** One round over all runs that wait for something. */
@Injectable()
export class RunWork {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly runs: Runs,
    private readonly sets: RunAdvance,
    private readonly clock: Clock,
  ) {}

  /** True when something was done and there may be more. */
  async once(isStopping: () => boolean, report: (error: unknown, runId: string) => void): Promise<boolean> {
    await this.transaction.run(() => this.runs.expirePreviews());
    let advanced = false;
    for (const run of await this.waiting()) {
      if (isStopping()) return false;
      try {
        advanced = (await this.work(run, isStopping)) || advanced;
      } catch (error) {
        report(error, run.id); // it waits for the next look; the other runs go on
      }
    }
    return advanced;
  }

  private waiting(): Promise<WaitingRun[]> {
    return this.transaction.run(() =>
      this.transaction.query<WaitingRun>(
        `SELECT r.id, r.state, r.reason, r.reference, r.started_by, e.display_name,
           e.active AND e.role = '${Role.ADMINISTRATOR}' AS has_administrator
         FROM anonymization_run r LEFT JOIN employee e ON e.id = r.started_by
         WHERE r.state IN ('PREVIEWING', 'RUNNING', 'CANCELLING') OR ${isPauseExpired('$1')}
         ORDER BY r.created_at, r.id`,
        [this.clock.now()],
      ),
    );
  }

  private work(run: WaitingRun, isStopping: () => boolean): Promise<boolean> {
    if (run.state === 'RUNNING' && run.has_administrator === true) return this.advance(run, isStopping);
    return this.transaction.run(() => {
      switch (run.state) {
        case 'PREVIEWING':
          return this.runs.preview(run.id);
        case 'CANCELLING':
          return this.runs.finishCancelling(run.id);
        case 'RUNNING':
          return this.runs.pauseWithoutAdministrator(run.id);
        case 'PAUSED':
          return this.runs.expirePaused(run.id);
      }
    });
  }

  /** One set, or the end of the run. */
  private async advance(
    { id, reason, reference, started_by, display_name }: WaitingRun,
    isStopping: () => boolean,
  ): Promise<boolean> {
    const actor = { id: started_by!, displayName: display_name!, role: Role.ADMINISTRATOR };
    const run = { id, actor, justification: { reason: reason!, reference }, isStopping };
    const { claimed, finished } = await this.sets.next(run);
    if (claimed === 0) await this.transaction.run(() => this.runs.completeWhenDone(id, actor));
    return finished > 0;
  }
}
