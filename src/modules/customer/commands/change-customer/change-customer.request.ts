import { IntersectionType, PartialType, PickType } from '@nestjs/swagger';
import { CustomerFieldsRequest } from '../../customer-fields.request';
import { Customer } from '../../entities/customer.entity';

/** Changes only the fields that are given; null clears a field. The customer number never changes. */
export class ChangeCustomerRequest extends IntersectionType(
  CustomerFieldsRequest,
  PartialType(PickType(Customer, ['branchCode', 'status'] as const), { skipNullProperties: false }),
) {}
