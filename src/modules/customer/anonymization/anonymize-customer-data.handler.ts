import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { EffectsByCustomer } from '../../../kernel/anonymization-step';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { AuditLog, type DetailsByCustomer } from '../../audit';
import { Erasure } from '../../data-map';
import { AnonymizeCustomerData } from './anonymize-customer-data.command';

interface Stub {
  readonly id: string;
  readonly customer_number: string;
  readonly created_at: Date;
}

@CommandHandler(AnonymizeCustomerData)
export class AnonymizeCustomerDataHandler implements ICommandHandler<AnonymizeCustomerData> {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly erasure: Erasure,
    private readonly audit: AuditLog,
  ) {}

  async execute({ set }: AnonymizeCustomerData): Promise<EffectsByCustomer> {
    await this.lockRelationships(set.customerIds);
    const effects = await this.erasure.apply(['selection', 'customer'], set);
    await this.audit.recordAnonymized(
      'customer',
      set,
      effects,
      await this.whatReplayNeeds(set.customerIds, set.cause.label),
    );
    return effects;
  }

  /** Two sets may share a relationship; locked in one order, they wait for each other in turn instead of for ever. */
  private async lockRelationships(customerIds: readonly string[]): Promise<void> {
    await this.transaction.query(
      `SELECT FROM relationship WHERE customer_id = ANY ($1::uuid[]) OR related_customer_id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE`,
      [customerIds],
    );
  }

  private async whatReplayNeeds(customerIds: readonly string[], label: string): Promise<DetailsByCustomer> {
    const stubs = await this.transaction.query<Stub>(
      'SELECT id, customer_number, created_at FROM customer WHERE id = ANY ($1::uuid[])',
      [customerIds],
    );
    return new Map(
      stubs.map(({ id, customer_number, created_at }) => [
        id,
        { label, customerNumber: customer_number, createdAt: created_at.toISOString() },
      ]),
    );
  }
}
