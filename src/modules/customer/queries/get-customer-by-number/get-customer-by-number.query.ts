import { Query } from '@nestjs/cqrs';
import type { CustomerReferenceResponse } from './get-customer-by-number.response';

/** Finds a customer by customer number. Returns no master data, so that compliance may use it. */
export class GetCustomerByNumber extends Query<CustomerReferenceResponse> {
  constructor(readonly customerNumber: string) {
    super();
  }
}
