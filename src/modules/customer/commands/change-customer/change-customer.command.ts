import { Command } from '@nestjs/cqrs';
import type { CustomerResponse } from '../../customer.response';
import type { ChangeCustomerRequest } from './change-customer.request';

/**
 * Changes the given fields, if nobody has changed the customer since `expectedVersion`; answers with what is stored.
 */
export class ChangeCustomer extends Command<CustomerResponse> {
  constructor(
    readonly customerId: string,
    readonly expectedVersion: number,
    readonly changes: ChangeCustomerRequest,
  ) {
    super();
  }
}
