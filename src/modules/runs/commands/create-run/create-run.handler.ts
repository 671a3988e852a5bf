import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { IdempotentAnswers } from '../../../../platform/http/idempotency/idempotent-answers';
import { RunStateMachine } from '../../state/run.state-machine';
import { RunWorker } from '../../execution/run-worker';
import { CreateRun } from './create-run.command';
import type { RunState } from '../../state/run-state';

@CommandHandler(CreateRun)
export class CreateRunHandler implements ICommandHandler<CreateRun> {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly answers: IdempotentAnswers,
    private readonly runs: RunStateMachine,
    private readonly worker: RunWorker,
  ) {}

  execute({ subject, actor, idempotencyKey }: CreateRun): Promise<{ id: string; state: RunState }> {
    return this.answers.answerOnce(idempotencyKey, async () => {
      const id = await this.runs.create(subject, actor);
      this.transaction.afterCommit(() => this.worker.wake());
      return { id, state: 'PREVIEWING' };
    });
  }
}
