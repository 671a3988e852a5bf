import { Command } from '@nestjs/cqrs';
import type { CustomerResponse } from '../../customer.response';
import type { ChangeCustomerRequest } from './change-customer.request';

/** Changes the given fields if the customer still has `expectedVersion`. Returns the stored customer. */
export class ChangeCustomer extends Command<CustomerResponse> {
  constructor(
    readonly customerId: string,
    readonly expectedVersion: number,
    readonly changes: ChangeCustomerRequest,
  ) {
    super();
  }
}
