import type { BlockerQuery } from '../../../kernel/blocker';

/** Rule 6: no rule of the form but the law's (Art. 17(3)(e) GDPR). */
export const customerBlockers: BlockerQuery = `
  SELECT h.customer_id, 6 AS rule, 'LEGAL_HOLD' AS code, 'customer' AS module, 'LEGAL_HOLD' AS record_type, h.id AS record_id,
    NULL::text AS record_number, h.set_on AS date, NULL::date AS clears_on
  FROM subject s JOIN legal_hold h ON h.customer_id = s.customer_id
  WHERE h.lifted_at IS NULL`;
