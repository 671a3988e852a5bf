import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { IdempotentAnswers } from '../../../../platform/http/idempotency/idempotent-answers';
import { RunStateMachine } from '../../state/run.state-machine';
import { RunWorker } from '../../execution/run-worker';
import { AnonymizeSelection } from './anonymize-selection.command';
import type { RunState } from '../../state/run-state';

@CommandHandler(AnonymizeSelection)
export class AnonymizeSelectionHandler implements ICommandHandler<AnonymizeSelection> {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly answers: IdempotentAnswers,
    private readonly runs: RunStateMachine,
    private readonly worker: RunWorker,
  ) {}

  execute({
    runId,
    confirmation,
    justification,
    actor,
    idempotencyKey,
  }: AnonymizeSelection): Promise<{ id: string; state: RunState }> {
    return this.answers.answerOnce(idempotencyKey, async () => {
      await this.runs.start(runId, confirmation, justification, actor);
      this.transaction.afterCommit(() => this.worker.wake());
      return { id: runId, state: 'RUNNING' };
    });
  }
}
