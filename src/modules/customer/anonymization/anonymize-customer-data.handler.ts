import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import type { FactsOfCustomers } from '../../audit';
import { Erasure } from '../../data-map';
import { SELECT_REPLAY_FACTS } from '../queries/replay-facts.queries';
import { AnonymizeCustomerData } from './anonymize-customer-data.command';

interface Stub {
  readonly customer_number: string;
  readonly created_at: Date;
}

/**
 * Erases the customer's own tables and the memberships in selections, and writes one audit entry per customer for both.
 */
@CommandHandler(AnonymizeCustomerData)
export class AnonymizeCustomerDataHandler implements ICommandHandler<AnonymizeCustomerData> {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly erasure: Erasure,
  ) {}

  async execute({ batch }: AnonymizeCustomerData): Promise<void> {
    await this.lockRelationships(batch.customerIds);
    await this.erasure.eraseAndRecord('customer', batch, {
      alsoIn: ['selection'], // the selection module has no step of its own
      facts: await this.replayFacts(batch.customerIds),
      details: { label: batch.context.label },
    });
  }

  /** Locks relationships in one order: two batches may share a relationship and would otherwise deadlock. */
  private async lockRelationships(customerIds: readonly string[]): Promise<void> {
    await this.transaction.queryPrepared(
      `SELECT FROM relationship
       WHERE customer_id = ANY ($1::uuid[]) OR related_customer_id = ANY ($1::uuid[])
       ORDER BY id FOR UPDATE`,
      [customerIds],
    );
  }

  /** Collects what a replay needs to match a restored row to this entry. */
  private async replayFacts(customerIds: readonly string[]): Promise<FactsOfCustomers> {
    const stubs = await this.transaction.queryPrepared<Stub>(SELECT_REPLAY_FACTS, [customerIds]);
    return {
      customerNumber: stubs.map(({ customer_number }) => JSON.stringify(customer_number)),
      createdAt: stubs.map(({ created_at }) => JSON.stringify(created_at)),
    };
  }
}
