import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../../kernel/domain-error';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { AnonymizationSaga, AnonymizationContexts, EffectsRecords, type Outcome } from '../../../anonymization';
import type { LockedCustomer } from '../../../customer';
import type { AnonymizeCustomer, AnonymizeCustomerResult } from './anonymize-customer.command';

/** Anonymizes one customer and records it as a run of one item, so that the list of runs shows every anonymization. */
@Injectable()
export class SingleRuns {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly saga: AnonymizationSaga,
    private readonly contexts: AnonymizationContexts,
    private readonly records: EffectsRecords,
  ) {}

  /**
   * Runs in the transaction that holds the customer's lock.
   *
   * @throws DomainError `REFERENCE_NAMES_CUSTOMER`
   */
  async anonymize(
    customer: LockedCustomer,
    command: AnonymizeCustomer,
    runId: string,
  ): Promise<AnonymizeCustomerResult> {
    const { reference } = command.justification;
    if (reference !== null && customer.anonymizedAt === null && (await this.saga.isNamedIn(customer.id, reference)))
      throw new DomainError('REFERENCE_NAMES_CUSTOMER');
    const context = this.contexts.create(command.actor, runId, command.justification);
    const [outcome] = await this.saga.anonymize([customer], context);
    if (outcome!.kind !== 'ALREADY_ANONYMIZED') await this.insertRun(outcome!, command, runId, context.instant);
    return this.resultOf(outcome!);
  }

  private async insertRun(
    outcome: Outcome,
    { actor, justification }: AnonymizeCustomer,
    runId: string,
    instant: Date,
  ): Promise<void> {
    await this.transaction.execute(
      `INSERT INTO anonymization_run (id, kind, state, reason, reference, created_by, created_at, previewed_at,
          started_by, started_at, finished_at)
       VALUES ($1, 'CUSTOMER', 'COMPLETED', $2, $3, $4, $5, $5, $4, $5, $5)`,
      [runId, justification.reason, justification.reference, actor.id, instant],
    );
    await this.transaction.execute(
      `INSERT INTO anonymization_run_item (run_id, customer_id, customer_number, state, blockers)
        VALUES ($1, $2, $3, $4, $5)`,
      [
        runId,
        outcome.customerId,
        outcome.customerNumber,
        outcome.kind,
        outcome.kind === 'BLOCKED' ? JSON.stringify(outcome.blockers) : null,
      ],
    );
  }

  private async resultOf(outcome: Outcome): Promise<AnonymizeCustomerResult> {
    if (outcome.kind === 'BLOCKED') return { outcome: 'BLOCKED', blockers: outcome.blockers };
    const effects = (await this.records.readForCustomers([outcome.customerId])).get(outcome.customerId) ?? [];
    return { outcome: outcome.kind, anonymizedAt: outcome.anonymizedAt.toISOString(), runId: outcome.runId, effects };
  }
}
