import { Command } from '@nestjs/cqrs';
import type { CreateCustomerRequest } from './create-customer.request';
import type { CreateCustomerResponse } from './create-customer.response';

/** Adds a customer, also to the search; answers with what is stored and with possible duplicates. */
export class CreateCustomer extends Command<CreateCustomerResponse> {
  constructor(readonly customer: CreateCustomerRequest) {
    super();
  }
}
