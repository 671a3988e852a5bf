/** Why a customer has to be kept. The API takes any code; a list leaves no room for a name. */
export const REASON_CODES = ['LITIGATION', 'CLAIM', 'AUTHORITY', 'TAX_AUDIT', 'OTHER'] as const;

export type ReasonCode = (typeof REASON_CODES)[number];
