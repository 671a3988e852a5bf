/**
 * The amount of the invoice `invoice` that can still be credited: its gross without the gross of the issued credit
 * notes that name it.
 */
export const uncreditedOf = (invoice: string) => `
  ${invoice}.gross - (SELECT coalesce(sum(n.gross), 0) FROM invoice n
    WHERE n.customer_id = ${invoice}.customer_id AND n.credits_id = ${invoice}.id AND n.status = 'ISSUED')`;
