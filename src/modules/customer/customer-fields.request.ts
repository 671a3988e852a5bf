import { OmitType } from '@nestjs/swagger';
import { Customer } from './entities/customer.entity';

/** The columns of customers.csv that may be empty. */
export class CustomerFieldsRequest extends OmitType(Customer, [
  'id',
  'customerNumber',
  'branchCode',
  'status',
  'version',
  'createdAt',
  'updatedAt',
  'lastContactOn',
  'mergedIntoId',
  'anonymizedAt',
  'anonymizedBy',
  'anonymizationRunId',
] as const) {}
