import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { RunStateMachine } from '../../state/run.state-machine';
import { RunWorker } from '../../execution/run-worker';
import { ResumeRun } from './resume-run.command';
import type { RunState } from '../../state/run-state';

@CommandHandler(ResumeRun)
export class ResumeRunHandler implements ICommandHandler<ResumeRun> {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly runs: RunStateMachine,
    private readonly worker: RunWorker,
  ) {}

  execute({ runId, actor }: ResumeRun): Promise<{ id: string; state: RunState }> {
    return this.transaction.run(async () => {
      const state = await this.runs.resume(runId, actor);
      this.transaction.afterCommit(() => this.worker.wake());
      return { id: runId, state };
    });
  }
}
