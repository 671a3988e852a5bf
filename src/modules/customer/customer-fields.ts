import { columnsOf, type RecordColumn } from '../records';
import type { CreateCustomerRequest } from './commands/create-customer/create-customer.request';
import { Customer } from './entities/customer.entity';

export type CustomerField = keyof CreateCustomerRequest;

/** Columns of the customer's own row that users can edit, with number and branch. */
export const CUSTOMER_COLUMNS = columnsOf(Customer) as readonly (RecordColumn & { readonly property: CustomerField })[];
