import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { RunStateMachine } from '../../state/run.state-machine';
import { RunWorker } from '../../execution/run-worker';
import { CancelRun } from './cancel-run.command';
import type { RunState } from '../../state/run-state';

@CommandHandler(CancelRun)
export class CancelRunHandler implements ICommandHandler<CancelRun> {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly runs: RunStateMachine,
    private readonly worker: RunWorker,
  ) {}

  execute({ runId, actor }: CancelRun): Promise<{ id: string; state: RunState }> {
    return this.transaction.run(async () => {
      const state = await this.runs.cancel(runId, actor);
      this.transaction.afterCommit(() => this.worker.wake());
      return { id: runId, state };
    });
  }
}
