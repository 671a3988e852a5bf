import { PickType } from '@nestjs/swagger';
import { Customer } from '../../entities/customer.entity';

/** The person at the counter. `lastName` or `companyName` is required. */
export class FindDuplicatesRequest extends PickType(Customer, [
  'firstName',
  'lastName',
  'companyName',
  'birthDate',
] as const) {}
