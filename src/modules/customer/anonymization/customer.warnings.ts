import type { WarningQuery } from '../../../kernel/blocker';

/** Counts the other customers that lose a relationship, without naming them. */
export const customerWarnings: WarningQuery = `
  SELECT customer_id, 'RELATED_CUSTOMERS' AS code, 'customer' AS module, count(DISTINCT other)::int AS count,
    NULL::date AS until
  FROM (
    SELECT s.customer_id, r.related_customer_id AS other FROM subject s
    JOIN relationship r ON r.customer_id = s.customer_id
    UNION ALL
    SELECT s.customer_id, r.customer_id FROM subject s JOIN relationship r ON r.related_customer_id = s.customer_id
  ) relative
  GROUP BY customer_id`;
