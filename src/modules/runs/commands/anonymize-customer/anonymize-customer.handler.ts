import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DomainError } from '../../../../kernel/domain-error';
import { retryTransient } from '../../../../platform/database/transient-failure';
import { newId } from '../../../../platform/ids';
import { CustomerLocks } from '../../../customer';
import { IdempotentAnswers } from '../../../../platform/http/idempotency/idempotent-answers';
import { failureCodeOf, Failures, isRefusal, locationOf } from '../../../anonymization';
import { SingleRuns } from './single-runs';
import { AnonymizeCustomer, type AnonymizeCustomerResult } from './anonymize-customer.command';

@CommandHandler(AnonymizeCustomer)
export class AnonymizeCustomerHandler implements ICommandHandler<AnonymizeCustomer> {
  constructor(
    private readonly answers: IdempotentAnswers,
    private readonly customers: CustomerLocks,
    private readonly runs: SingleRuns,
    private readonly failures: Failures,
  ) {}

  async execute(command: AnonymizeCustomer): Promise<AnonymizeCustomerResult> {
    const runId = newId();
    try {
      return await retryTransient(() =>
        this.answers.answerOnce(
          command.idempotencyKey,
          () => this.anonymize(command, runId),
          ({ outcome }) => outcome !== 'BLOCKED',
        ),
      );
    } catch (error) {
      throw await this.recordAndTranslate(error, command, runId);
    }
  }

  /** Returns the error for the client. Failures are recorded first, refusals are not. */
  private async recordAndTranslate(
    error: unknown,
    { customerId, actor, justification }: AnonymizeCustomer,
    runId: string,
  ): Promise<unknown> {
    if (isRefusal(error)) return error;
    await this.failures.record({ customerId, runId, actor, ...justification }, error);
    const [failureCode, failure] = [failureCodeOf(error), locationOf(error)];
    return new DomainError(
      failureCode === 'FISCAL_COPY_FAILED' ? failureCode : 'ANONYMIZATION_FAILED',
      { failureCode, ...(failure === null ? {} : { failure }) },
      error,
    );
  }

  private async anonymize(command: AnonymizeCustomer, runId: string): Promise<AnonymizeCustomerResult> {
    const [customer] = await this.customers.lockForAnonymization([command.customerId]);
    if (customer === undefined) throw new DomainError('CUSTOMER_NOT_FOUND');
    if (command.confirmation !== customer.customerNumber) throw new DomainError('CONFIRMATION_MISMATCH');
    return this.runs.anonymize(customer, command, runId);
  }
}
