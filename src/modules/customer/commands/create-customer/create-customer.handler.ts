import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { requireName } from '../../customer-fields';
import { CustomerView } from '../../customer-view';
import { CustomerWrites } from '../../customer-writes';
import type { CustomerResponse } from '../../customer.response';
import { CreateCustomer } from './create-customer.command';

@CommandHandler(CreateCustomer)
export class CreateCustomerHandler implements ICommandHandler<CreateCustomer> {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly writes: CustomerWrites,
    private readonly view: CustomerView,
  ) {}

  async execute({ customer }: CreateCustomer): Promise<CustomerResponse> {
    requireName(customer);
    return this.transaction.run(async () => this.view.of(await this.writes.insert(customer)));
  }
}
