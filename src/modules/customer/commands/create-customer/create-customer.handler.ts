import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { requireRules } from '../../../records';
import { CustomerView } from '../../customer-view';
import { CustomerWrites } from '../../customer-writes';
import { Customer } from '../../entities/customer.entity';
import { PossibleDuplicates } from '../../queries/find-duplicates/possible-duplicates';
import { CreateCustomer } from './create-customer.command';
import type { CreateCustomerResponse } from './create-customer.response';

@CommandHandler(CreateCustomer)
export class CreateCustomerHandler implements ICommandHandler<CreateCustomer> {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly writes: CustomerWrites,
    private readonly view: CustomerView,
    private readonly duplicates: PossibleDuplicates,
  ) {}

  async execute({ customer }: CreateCustomer): Promise<CreateCustomerResponse> {
    requireRules(Customer, customer);
    return this.transaction.run(async () => {
      const id = await this.writes.insert(customer);
      return { ...(await this.view.readCustomer(id)), possibleDuplicates: await this.duplicates.findFor(customer, id) };
    });
  }
}
