import { invalid } from '../../platform/http/validation.pipe';
import type { CustomerStatus } from './entities/customer.entity';

/** Fields of the customer's own row that users can edit, besides number and branch, with their column names. */
export const CUSTOMER_COLUMNS = {
  status: 'status',
  salutation: 'salutation',
  title: 'title',
  firstName: 'first_name',
  lastName: 'last_name',
  birthName: 'birth_name',
  companyName: 'company_name',
  birthDate: 'birth_date',
  gender: 'gender',
  email: 'email',
  phone: 'phone',
  mobile: 'mobile',
  note: 'note',
  physician: 'physician',
} as const;

type TextField = Exclude<keyof typeof CUSTOMER_COLUMNS, 'status'>;

/** Values to write. Undefined means not given, null clears the column. */
export type CustomerFields = { readonly [Field in TextField]?: string | null } & {
  readonly status?: CustomerStatus;
  readonly branchCode?: string;
};

export type NewCustomer = CustomerFields &
  Required<Pick<CustomerFields, 'status' | 'branchCode'>> & { readonly customerNumber: string };

/** @throws DomainError `VALIDATION_FAILED`: a customer is a person or a company */
export function requireName({ lastName, companyName }: Pick<CustomerFields, 'lastName' | 'companyName'>): void {
  if ((lastName ?? companyName ?? null) === null) throw invalid('lastName', 'REQUIRED');
}

/** The columns of the fields that are given, with their values. */
export function givenColumns(fields: CustomerFields): [column: string, value: string | null][] {
  return Object.entries(CUSTOMER_COLUMNS).flatMap(([field, column]) => {
    const value = fields[field as keyof typeof CUSTOMER_COLUMNS];
    return value === undefined ? [] : [[column, value] as [string, string | null]];
  });
}
