import { type BlockerQuery, ruleAndCode } from '../../../kernel/blocker';

/**
 * Rules 3 and 4 (docs/concepts.md#rules). The loan decides, not the stock status. A resolution in the future does not
 * count yet.
 */
export const deviceBlockers: BlockerQuery = `
  SELECT c.customer_id, ${ruleAndCode('OPEN_CARE_CASE')}, 'device' AS module, 'CARE_CASE' AS record_type,
    c.id AS record_id,
    c.number AS record_number, c.opened_on AS date, NULL::date AS clears_on
  FROM candidates s JOIN care_case c ON c.customer_id = s.customer_id
  WHERE c.status NOT IN ('COMPLETED', 'CANCELLED')

  UNION ALL
  SELECT l.customer_id, ${ruleAndCode('UNRETURNED_TRIAL_DEVICE')}, 'device', 'DEVICE_LOAN', l.id, i.serial_number,
    l.issued_on, l.resolved_on
  FROM candidates s JOIN device_loan l ON l.customer_id = s.customer_id JOIN stock_item i ON i.id = l.stock_item_id
  WHERE l.resolution IS NULL OR l.resolved_on > :today`;
