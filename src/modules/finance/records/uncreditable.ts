/**
 * Reasons why a credit note cannot name a document, as conditions on the document's row. Used by import and booking.
 */
export const UNCREDITABLE = [
  { code: 'CREDITS_A_CREDIT_NOTE', when: (document: string) => `${document}.kind = 'CREDIT_NOTE'` },
  {
    code: 'INVOICE_NOT_ISSUED',
    when: (document: string) => `${document}.kind = 'INVOICE' AND ${document}.status = 'DRAFT'`,
  },
] as const;
