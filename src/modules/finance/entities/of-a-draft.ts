/** Condition on a line or payment: its invoice is a draft. It is erased with the draft, and before it. */
export const OF_A_DRAFT = "EXISTS (SELECT FROM invoice i WHERE i.id = t.invoice_id AND i.status = 'DRAFT')";
