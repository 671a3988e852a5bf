import type { Schemas } from '../../api/client';
import { date, type Form, hinted, list, longText, required, text } from './form/shapes';

type Changed = Schemas['ChangeCustomerRequest'];

/** The fields, in the order in which an employee asks the customer. */
export const CHANGE_CUSTOMER: Form<Changed> = {
  salutation: text,
  title: text,
  lastName: hinted(text, 'lastName'),
  firstName: text,
  birthName: text,
  companyName: text,
  birthDate: date,
  gender: text,
  phone: text,
  mobile: text,
  email: text,
  physician: text,
  status: required(list('customerStatus')),
  branchCode: required(text),
  note: longText,
};

export const CREATE_CUSTOMER: Form<Schemas['CreateCustomerRequest']> = {
  customerNumber: required(text),
  ...CHANGE_CUSTOMER,
  status: required(list('customerStatus')),
  branchCode: required(text),
};
