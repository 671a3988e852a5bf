import { Command } from '@nestjs/cqrs';
import type { NewCustomer } from '../../customer-fields';
import type { CreateCustomerResponse } from './create-customer.response';

/** Adds a customer and indexes it for search. Returns the stored customer and possible duplicates. */
export class CreateCustomer extends Command<CreateCustomerResponse> {
  constructor(readonly customer: NewCustomer) {
    super();
  }
}
