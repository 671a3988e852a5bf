import { Injectable } from '@nestjs/common';
import { Role } from '../../../kernel/role';
import { QueueWorker } from '../../../platform/background/queue-worker';
import { Clock } from '../../../platform/clock/clock';
import { LetheConfig } from '../../../platform/config/lethe-config';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { HealthSignals } from '../../../platform/health/health-signals';
import { Logger } from '../../../platform/logging/logger';
import type { Reason } from '../../anonymization';
import { SELECT_WAITING_RUNS } from '../queries/waiting-runs.queries';
import { RunExecutor } from './run-executor';
import type { RunState } from '../state/run-state';
import { RunStateMachine } from '../state/run.state-machine';

interface WaitingRun {
  readonly id: string;
  readonly state: Extract<RunState, 'PREVIEWING' | 'RUNNING' | 'CANCELLING' | 'PAUSED'>;
  readonly reason: Reason | null;
  readonly reference: string | null;
  readonly started_by: string | null;
  /** of the employee who started it, when still an active administrator */
  readonly display_name: string | null;
  /** whether the employee who started it is still an active administrator */
  readonly has_administrator: boolean;
}

const POLL_INTERVAL_MS = 500;

/**
 * Advances every run that waits for a worker by one step: its preview, its next batch, or its end. The items themselves
 * are the queue, so it also continues runs that a killed process left.
 */
@Injectable()
export class RunWorker extends QueueWorker {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly runs: RunStateMachine,
    private readonly executor: RunExecutor,
    private readonly clock: Clock,
    private readonly config: LetheConfig,
    logger: Logger,
    health: HealthSignals,
  ) {
    super({ restMs: POLL_INTERVAL_MS, failure: 'run_worker_failed' }, health, logger);
  }

  protected override get parallel(): number {
    return this.config.workers;
  }

  protected override round(isStopping: () => boolean): Promise<boolean> {
    return this.advanceRuns(isStopping, (error, runId) => this.logger.failure('run_advance_failed', error, { runId }));
  }

  /** One round over all waiting runs; true when a run was advanced and there may be more to do. */
  async advanceRuns(isStopping: () => boolean, report: (error: unknown, runId: string) => void): Promise<boolean> {
    await this.transaction.run(() => this.runs.expirePreviews());
    let advanced = false;
    for (const run of await this.findWaitingRuns()) {
      if (isStopping()) return false;
      try {
        advanced = (await this.advanceRun(run, isStopping)) || advanced;
      } catch (error) {
        report(error, run.id); // the next round retries it; the other runs continue
      }
    }
    return advanced;
  }

  private findWaitingRuns(): Promise<WaitingRun[]> {
    return this.transaction.queryAlone<WaitingRun>(SELECT_WAITING_RUNS, [this.clock.now()]);
  }

  private advanceRun(run: WaitingRun, isStopping: () => boolean): Promise<boolean> {
    if (run.state === 'RUNNING' && run.has_administrator) return this.advanceBatch(run, isStopping);
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

  /** Executes the next batch, or completes the run when no item is left. */
  private async advanceBatch(
    { id, reason, reference, started_by, display_name }: WaitingRun,
    isStopping: () => boolean,
  ): Promise<boolean> {
    const actor = { id: started_by!, displayName: display_name!, role: Role.ADMINISTRATOR };
    const run = { id, actor, justification: { reason: reason!, reference }, isStopping };
    const { claimed, finished } = await this.executor.executeNextBatch(run);
    if (claimed === 0) await this.transaction.run(() => this.runs.completeWhenDone(id, actor));
    return finished > 0;
  }
}
