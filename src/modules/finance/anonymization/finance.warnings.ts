import type { WarningQuery } from '../../../kernel/blocker';
import { RETENTION_YEARS } from '../../../kernel/retention';

/** Issued documents that go into the fiscal copy, and until when it is kept. */
export const financeWarnings: WarningQuery = `
  SELECT customer_id, 'FISCAL_RETENTION' AS code, 'finance' AS module, count(*)::int AS count, max(until) AS until
  FROM (
    SELECT i.customer_id, make_date(extract(year FROM i.issued_on)::int + ${RETENTION_YEARS.VOUCHER}, 12, 31) AS until
    FROM subject s JOIN invoice i ON i.customer_id = s.customer_id WHERE i.status = 'ISSUED'
  ) document
  WHERE until >= :today
  GROUP BY customer_id`;
