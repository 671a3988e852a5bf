import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import type { FactsOfCustomers } from '../../audit';
import { Erasure } from '../../data-map';
import { AnonymizeCustomerData } from './anonymize-customer-data.command';

interface Stub {
  readonly customer_number: string;
  readonly created_at: Date;
}

@CommandHandler(AnonymizeCustomerData)
export class AnonymizeCustomerDataHandler implements ICommandHandler<AnonymizeCustomerData> {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly erasure: Erasure,
  ) {}

  async execute({ set }: AnonymizeCustomerData): Promise<void> {
    await this.lockRelationships(set.customerIds);
    await this.erasure.apply('customer', set, {
      alsoIn: ['selection'],
      facts: await this.whatReplayNeeds(set.customerIds),
      details: { label: set.cause.label },
    });
  }

  /** Two sets may share a relationship; locked in one order, they wait for each other in turn instead of for ever. */
  private async lockRelationships(customerIds: readonly string[]): Promise<void> {
    await this.transaction.queryPrepared(
      `SELECT FROM relationship WHERE customer_id = ANY ($1::uuid[]) OR related_customer_id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE`,
      [customerIds],
    );
  }

  /** Who they were, apart from who they are (architecture section 4). */
  private async whatReplayNeeds(customerIds: readonly string[]): Promise<FactsOfCustomers> {
    const stubs = await this.transaction.queryPrepared<Stub>(
      `SELECT c.customer_number, c.created_at FROM unnest($1::uuid[]) WITH ORDINALITY AS s(id, place) JOIN customer c ON c.id = s.id ORDER BY place`,
      [customerIds],
    );
    return {
      customerNumber: stubs.map(({ customer_number }) => JSON.stringify(customer_number)),
      createdAt: stubs.map(({ created_at }) => JSON.stringify(created_at)),
    };
  }
}
