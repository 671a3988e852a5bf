/** What an identifying value is, which decides how it is recognized in free text. */
export type IdentifierKind =
  | 'FIRST_NAME'
  | 'LAST_NAME'
  | 'COMPANY_NAME'
  | 'STREET'
  | 'PHONE'
  | 'EMAIL'
  | 'IBAN'
  | 'NUMBER'
  | 'BIRTH_DATE'
  | 'NOTE';

/** One identifying value of one customer, as it is stored. `BIRTH_DATE` is `YYYY-MM-DD`. */
export interface Identifier {
  readonly kind: IdentifierKind;
  readonly value: string;
}
