import { Command } from '@nestjs/cqrs';
import type { NewCustomer } from '../../customer-fields';
import type { CustomerResponse } from '../../customer.response';

/** Adds a customer, also to the search; answers with what is stored. */
export class CreateCustomer extends Command<CustomerResponse> {
  constructor(readonly customer: NewCustomer) {
    super();
  }
}
