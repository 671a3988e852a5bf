import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { retryTransient } from '../../../../platform/database/transient-failure';
import { invalid } from '../../../../platform/http/validation.pipe';
import { CustomerMerge } from '../../customer-merge';
import { MergeCustomers, type MergeResult } from './merge-customers.command';

@CommandHandler(MergeCustomers)
export class MergeCustomersHandler implements ICommandHandler<MergeCustomers> {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly customers: CustomerMerge,
  ) {}

  async execute({ customerId, intoCustomerId, actor }: MergeCustomers): Promise<MergeResult> {
    if (customerId === intoCustomerId) throw invalid('intoCustomerId', 'IS_ANOTHER_CUSTOMER');
    const rows = await retryTransient(() =>
      this.transaction.run(() => this.customers.merge(customerId, intoCustomerId, actor)),
    );
    return { customerId, intoCustomerId, ...rows };
  }
}
