/**
 * Selects the bookings on the customers' document groups (rule 1, docs/concepts.md#rules). A group is an issued invoice
 * with the issued credit notes that name it, or a standalone credit note. One row per booking: `head_id` is the group's
 * invoice or note, `amount` what the booking adds to the balance.
 *
 * @param customers relation with a column `customer_id`
 * @param today later payments do not count yet
 */
export const bookingsOf = (customers: string, today: string) => `
  SELECT coalesce(i.credits_id, i.id) AS head_id, CASE i.kind WHEN 'INVOICE' THEN i.gross ELSE -i.gross END AS amount
  FROM ${customers} s JOIN invoice i ON i.customer_id = s.customer_id WHERE i.status = 'ISSUED'
  UNION ALL
  SELECT coalesce(i.credits_id, i.id), CASE p.kind WHEN 'REFUND' THEN p.amount ELSE -p.amount END
  FROM ${customers} s JOIN payment p ON p.customer_id = s.customer_id
  JOIN invoice i ON i.customer_id = p.customer_id AND i.id = p.invoice_id
  WHERE i.status = 'ISSUED' AND p.paid_on <= ${today}`;

/**
 * The amount of the invoice `invoice` that can still be credited: its gross without the gross of the issued credit
 * notes that name it.
 */
export const uncreditedOf = (invoice: string) => `
  ${invoice}.gross - (SELECT coalesce(sum(n.gross), 0) FROM invoice n
    WHERE n.customer_id = ${invoice}.customer_id AND n.credits_id = ${invoice}.id AND n.status = 'ISSUED')`;
