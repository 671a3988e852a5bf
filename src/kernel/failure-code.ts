/** Why the anonymization of a customer failed although nothing blocked it. A failure changes nothing. */
export const FAILURE_CODES = [
  'FISCAL_COPY_FAILED',
  'ERASURE_INCOMPLETE',
  'PERSONAL_VALUE_LEFT',
  'CUSTOMER_LOCKED',
  'CONSTRAINT_VIOLATED',
  'DATABASE_ERROR',
  'UNEXPECTED_ERROR',
] as const;
export type FailureCode = (typeof FAILURE_CODES)[number];
