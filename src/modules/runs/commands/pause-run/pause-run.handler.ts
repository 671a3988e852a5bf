import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { RunStateMachine } from '../../state/run.state-machine';
import { PauseRun } from './pause-run.command';
import type { RunState } from '../../state/run-state';

@CommandHandler(PauseRun)
export class PauseRunHandler implements ICommandHandler<PauseRun> {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly runs: RunStateMachine,
  ) {}

  execute({ runId, actor }: PauseRun): Promise<{ id: string; state: RunState }> {
    return this.transaction.run(async () => {
      return { id: runId, state: await this.runs.pause(runId, actor) };
    });
  }
}
