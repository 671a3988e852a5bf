import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { CustomerView } from '../../customer-view';
import type { CustomerResponse } from '../../customer.response';
import { GetCustomer } from './get-customer.query';

@QueryHandler(GetCustomer)
export class GetCustomerHandler implements IQueryHandler<GetCustomer> {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly view: CustomerView,
  ) {}

  execute({ customerId }: GetCustomer): Promise<CustomerResponse> {
    return this.transaction.run(() => this.view.readCustomer(customerId));
  }
}
