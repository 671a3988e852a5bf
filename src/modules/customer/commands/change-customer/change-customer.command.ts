import { Command } from '@nestjs/cqrs';
import type { CustomerFields } from '../../customer-fields';
import type { CustomerResponse } from '../../customer.response';

/** Changes the given fields if the customer still has `expectedVersion`. Returns the stored customer. */
export class ChangeCustomer extends Command<CustomerResponse> {
  constructor(
    readonly customerId: string,
    readonly expectedVersion: number,
    readonly changes: CustomerFields,
  ) {
    super();
  }
}
