/** What a letter can say of its customer; each is empty where nothing is known. */
export const PLACEHOLDERS = ['salutation', 'firstName', 'lastName', 'street', 'postalCode', 'city'] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

/** A customer who gets a letter, with the residential address. */
export interface Recipient extends Readonly<Record<Placeholder, string | null>> {
  readonly id: string;
  readonly customerNumber: string;
  /** of a customer who is both a company and a person in it */
  readonly companyName: string | null;
}

export interface Letter {
  readonly recipient: Recipient;
  readonly text: string;
}
