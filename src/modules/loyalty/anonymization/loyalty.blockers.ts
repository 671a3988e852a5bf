import { type BlockerQuery, ruleAndCode } from '../../../kernel/blocker';

/**
 * Rule 5 (docs/concepts.md#rules). The credit on an expired plastic card is still a liability, so only invalidation,
 * the end of the enrollment and the end of the program count. End dates are inclusive. An invalidation or archiving
 * dated in the future does not count yet.
 */
export const loyaltyBlockers: BlockerQuery = `
  SELECT c.customer_id, ${ruleAndCode('ACTIVE_PROGRAM_CARD')}, 'loyalty' AS module, 'CUSTOMER_CARD' AS record_type,
    c.id AS record_id,
    NULL::text AS record_number, e.starts_on AS date,
      least(e.ends_on + 1, p.ends_on + 1, p.archived_on, c.invalidated_on) AS clears_on
  FROM candidates s
  JOIN program_enrollment e ON e.customer_id = s.customer_id
  JOIN customer_card c ON c.customer_id = e.customer_id AND c.id = e.card_id
  JOIN loyalty_program p ON p.id = e.program_id
  WHERE (c.invalidated_on IS NULL OR c.invalidated_on > :today)
    AND (e.ends_on IS NULL OR e.ends_on >= :today)
    AND (p.ends_on IS NULL OR p.ends_on >= :today)
    AND (p.archived_on IS NULL OR p.archived_on > :today)`;
