import { IntersectionType, PickType } from '@nestjs/swagger';
import { CustomerFieldsRequest } from '../../customer-fields.request';
import { Customer } from '../../entities/customer.entity';

/** The columns of customers.csv; `lastName` or `companyName` is required. */
export class CreateCustomerRequest extends IntersectionType(
  CustomerFieldsRequest,
  PickType(Customer, ['customerNumber', 'branchCode', 'status'] as const),
) {}
