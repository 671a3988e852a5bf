import { invalid } from '../../platform/http/validation.pipe';
import { columnsOf, type RecordColumn } from '../records';
import type { CreateCustomerRequest } from './commands/create-customer/create-customer.request';
import { Customer } from './entities/customer.entity';

export type CustomerField = keyof CreateCustomerRequest;

/** Columns of the customer's own row that users can edit, with number and branch. */
export const CUSTOMER_COLUMNS = columnsOf(Customer) as readonly (RecordColumn & { readonly property: CustomerField })[];

/** @throws DomainError `VALIDATION_FAILED`: a customer is a person or a company */
export function requireName({ lastName, companyName }: Pick<CreateCustomerRequest, 'lastName' | 'companyName'>): void {
  if ((lastName ?? companyName ?? null) === null) throw invalid('lastName', 'REQUIRED');
}
