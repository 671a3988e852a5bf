/** The reasons for a legal hold. The API accepts any code; a fixed list keeps names out of it. */
export const REASON_CODES = ['LITIGATION', 'CLAIM', 'AUTHORITY', 'TAX_AUDIT', 'OTHER'] as const;

export type ReasonCode = (typeof REASON_CODES)[number];
