import { IntersectionType, PartialType, PickType } from '@nestjs/swagger';
import { CustomerFieldsRequest } from '../../customer-fields.request';
import { Customer } from '../../entities/customer.entity';

/** Only what is given changes; null clears. The customer number never changes. */
export class ChangeCustomerRequest extends IntersectionType(
  CustomerFieldsRequest,
  PartialType(PickType(Customer, ['branchCode', 'status'] as const), { skipNullProperties: false }),
) {}
