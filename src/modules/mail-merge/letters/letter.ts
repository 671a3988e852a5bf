/** The customer data that a letter can contain. A missing value is printed as empty text. */
export const PLACEHOLDERS = ['salutation', 'firstName', 'lastName', 'street', 'postalCode', 'city'] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

/** A customer who receives a letter, with the residential address. */
export interface Recipient extends Readonly<Record<Placeholder, string | null>> {
  readonly id: string;
  readonly customerNumber: string;
  /** of a customer with both a company and a last name */
  readonly companyName: string | null;
}

export interface Letter {
  readonly recipient: Recipient;
  readonly text: string;
}
