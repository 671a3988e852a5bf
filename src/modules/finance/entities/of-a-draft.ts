/** A line or payment goes with the draft it stands on, and before it. */
export const OF_A_DRAFT = "EXISTS (SELECT FROM invoice i WHERE i.id = t.invoice_id AND i.status = 'DRAFT')";
