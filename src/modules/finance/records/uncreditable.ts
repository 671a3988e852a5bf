/**
 * Why a document cannot be named by a credit note; conditions on its row. Imports and bookings judge by the same words.
 */
export const UNCREDITABLE = [
  { code: 'CREDITS_A_CREDIT_NOTE', when: (document: string) => `${document}.kind = 'CREDIT_NOTE'` },
  {
    code: 'INVOICE_NOT_ISSUED',
    when: (document: string) => `${document}.kind = 'INVOICE' AND ${document}.status = 'DRAFT'`,
  },
] as const;
