import { type BlockerQuery, ruleAndCode } from '../../../kernel/blocker';
import { bookingsOf } from '../queries/document-groups.queries';
import { effectiveEndOf } from '../records/contract-term';

/**
 * Rules 1 and 2 (docs/concepts.md#rules).
 *
 * - UNPAID_INVOICE: the balance of a document group is not zero, in either direction. A group is an issued invoice with
 *   the issued credit notes that name it, or a standalone credit note.
 * - RECENT_INVOICE: months are added to the document's date and clamp to the month's last day, which differs from
 *   subtracting them from today.
 * - RUNNING_SERVICE_CONTRACT: the last day on which the contract is in force is today or later.
 */
export const financeBlockers: BlockerQuery = `
  SELECT head.customer_id, ${ruleAndCode('UNPAID_INVOICE')}, 'finance' AS module, head.kind AS record_type,
    head.id AS record_id,
    head.number AS record_number, head.issued_on AS date, NULL::date AS clears_on
  FROM (
    SELECT booking.head_id
    FROM (
      ${bookingsOf('candidates', ':today')}
    ) booking
    GROUP BY booking.head_id HAVING sum(booking.amount) <> 0
  ) unbalanced JOIN invoice head ON head.id = unbalanced.head_id

  UNION ALL
  SELECT i.customer_id, ${ruleAndCode('RECENT_INVOICE')}, 'finance', i.kind, i.id, i.number, i.issued_on,
    (i.issued_on + :recentInvoiceMonths * interval '1 month')::date
  FROM candidates s JOIN invoice i ON i.customer_id = s.customer_id
  WHERE i.status = 'ISSUED' AND :today < (i.issued_on + :recentInvoiceMonths * interval '1 month')::date
    AND NOT (i.kind = 'INVOICE' AND i.gross <= (
      SELECT sum(n.gross) FROM invoice n WHERE n.customer_id = i.customer_id AND n.credits_id = i.id
        AND n.status = 'ISSUED') IS TRUE)

  UNION ALL
  SELECT c.customer_id, ${ruleAndCode('RUNNING_SERVICE_CONTRACT')}, 'finance', 'SERVICE_CONTRACT', c.id, c.number,
    c.starts_on,
    CASE WHEN isfinite(c.effective_end) THEN c.effective_end + 1 END
  FROM (
    SELECT t.*, ${effectiveEndOf('t')} AS effective_end
    FROM candidates s JOIN service_contract t ON t.customer_id = s.customer_id WHERE t.status = 'SIGNED'
  ) c
  WHERE c.effective_end >= :today`;
