import { formOf } from './form/schema-fields';

/** The fields, in the order in which an employee asks the customer. */
const FIRST = [
  'salutation',
  'title',
  'lastName',
  'firstName',
  'birthName',
  'companyName',
  'birthDate',
  'gender',
  'phone',
  'mobile',
  'email',
  'physician',
  'status',
  'branchCode',
] as const;
const HINTS = { lastName: 'lastName' } as const;

export const CHANGE_CUSTOMER = formOf('ChangeCustomerRequest', {
  first: FIRST,
  hints: HINTS,
  required: ['status', 'branchCode'],
});

export const CREATE_CUSTOMER = formOf('CreateCustomerRequest', { first: ['customerNumber', ...FIRST], hints: HINTS });
