/* Relations that statements of other modules may join. PostgreSQL flattens them; rows cannot be locked through them. */

/** Invoices and credit notes, drafts as well. */
export const INVOICES = `(
  SELECT number, customer_id, kind, status, issued_on, branch_id, cost_bearer_id, net, tax, gross, recipient_name,
    recipient_address
  FROM invoice)`;
