import { codeAndModule, type WarningQuery } from '../../../kernel/blocker';

/** Warns of points or money in a program, which are lost with the card. */
export const loyaltyWarnings: WarningQuery = `
  SELECT customer_id, ${codeAndModule('REMAINING_PROGRAM_VALUE', 'loyalty')}, count(*)::int AS count,
    NULL::date AS until
  FROM (
    SELECT t.customer_id, t.program_id FROM candidates s JOIN loyalty_transaction t ON t.customer_id = s.customer_id
    GROUP BY t.customer_id, t.program_id HAVING sum(t.points) > 0 OR sum(t.amount) > 0
  ) remaining
  GROUP BY customer_id`;
