import { Query } from '@nestjs/cqrs';
import type { CustomerResponse } from '../../customer.response';

/** One customer, whatever has become of it. */
export class GetCustomer extends Query<CustomerResponse> {
  constructor(readonly customerId: string) {
    super();
  }
}
