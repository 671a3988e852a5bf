import { type BlockerQuery, ruleAndCode } from '../../../kernel/blocker';

/**
 * Rules 0 and 6 (docs/concepts.md#rules). A merged customer holds no personal data; the blocker names the target, which
 * holds it now. The legal hold follows from Art. 17(3)(e) GDPR.
 */
export const customerBlockers: BlockerQuery = `
  SELECT merged.id, ${ruleAndCode('CUSTOMER_MERGED')}, 'customer' AS module, 'CUSTOMER' AS record_type,
    target.id::text AS record_id, target.customer_number AS record_number, NULL::date AS date, NULL::date AS clears_on
  FROM candidates s
    JOIN customer merged ON merged.id = s.customer_id
    JOIN customer target ON target.id = merged.merged_into_id
  WHERE merged.merged_into_id IS NOT NULL
  UNION ALL
  SELECT h.customer_id, ${ruleAndCode('LEGAL_HOLD')}, 'customer' AS module, 'LEGAL_HOLD' AS record_type,
    h.id::text AS record_id,
    NULL::text AS record_number, h.set_on AS date, NULL::date AS clears_on
  FROM candidates s JOIN legal_hold h ON h.customer_id = s.customer_id
  WHERE h.lifted_at IS NULL`;
