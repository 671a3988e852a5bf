import { Query } from '@nestjs/cqrs';
import type { CustomerResponse } from '../../customer.response';

/** One customer, including anonymized and merged ones. */
export class GetCustomer extends Query<CustomerResponse> {
  constructor(readonly customerId: string) {
    super();
  }
}
