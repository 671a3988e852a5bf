import type { WarningQuery } from '../../../kernel/blocker';

/** Warns of points or money in a program, which are lost with the card. */
export const loyaltyWarnings: WarningQuery = `
  SELECT customer_id, 'REMAINING_PROGRAM_VALUE' AS code, 'loyalty' AS module, count(*)::int AS count,
    NULL::date AS until
  FROM (
    SELECT t.customer_id, t.program_id FROM subject s JOIN loyalty_transaction t ON t.customer_id = s.customer_id
    GROUP BY t.customer_id, t.program_id HAVING sum(t.points) > 0 OR sum(t.amount) > 0
  ) remaining
  GROUP BY customer_id`;
