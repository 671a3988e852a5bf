import { OmitType } from '@nestjs/swagger';
import { Customer, MAINTAINED_COLUMNS } from './entities/customer.entity';

/** The columns of customers.csv that may be empty. */
export class CustomerFieldsRequest extends OmitType(Customer, [
  'id',
  'customerNumber',
  'branchCode',
  'status',
  ...MAINTAINED_COLUMNS,
] as const) {}
