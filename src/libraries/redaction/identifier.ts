/** The kind of a stored value, which determines how it is recognized in free text. */
export type IdentifierKind =
  | 'FIRST_NAME'
  | 'LAST_NAME'
  | 'BIRTH_NAME'
  | 'COMPANY_NAME'
  /**
   * A name that was copied onto a record: recipient, payer, account holder, card holder, addressee. It may belong to
   * another person.
   */
  | 'COPIED_NAME'
  | 'STREET'
  /** A postal address in one cell. Its streets are identifying. */
  | 'ADDRESS'
  | 'PHONE'
  | 'EMAIL'
  | 'IBAN'
  | 'NUMBER'
  | 'BIRTH_DATE'
  /** Free text that is erased. The e-mail addresses, IBANs and phone numbers in it are identifying. */
  | 'NOTE';

/** One value of one customer. `BIRTH_DATE` is `YYYY-MM-DD`. */
export interface Identifier {
  readonly kind: IdentifierKind;
  readonly value: string;
}
