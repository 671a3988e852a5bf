import { Query } from '@nestjs/cqrs';
import type { CustomerReferenceResponse } from './get-customer-by-number.response';

/** The customer with a customer number; no master data, so that compliance may ask. */
export class GetCustomerByNumber extends Query<CustomerReferenceResponse> {
  constructor(readonly customerNumber: string) {
    super();
  }
}
