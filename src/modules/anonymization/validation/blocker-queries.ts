import { BLOCKER_CODES, BLOCKER_COLUMNS } from '../../../kernel/blocker';
import { customerBlockers } from '../../customer';
import { deviceBlockers } from '../../device';
import { financeBlockers } from '../../finance';
import { loyaltyBlockers } from '../../loyalty';

/** Casts record ids to text: they are numbers in most tables and UUIDs for customers. */
const RULES = [financeBlockers, deviceBlockers, loyaltyBlockers, customerBlockers]
  .map(
    (rules) => `
      SELECT customer_id, rule, code, module, record_type, record_id::text, record_number, date, clears_on
      FROM (${rules}) AS record (${BLOCKER_COLUMNS})`,
  )
  .join('\n UNION ALL\n');

const BLOCKERS = `json_agg(
      json_build_object('rule', rule, 'code', code, 'module', module, 'recordType', record_type,
        'recordId', record_id, 'recordNumber', record_number, 'date', date, 'clearsOn', clears_on)
      ORDER BY rule, array_position(ARRAY['${BLOCKER_CODES.join("','")}'], code), date, record_number,
        length(record_id), record_id)`;

/**
 * Selects (customer_id, blockers): all blockers of each blocked customer of `candidates`, in the order of their rules.
 */
export function blockersOfCandidates(today: string, recentInvoiceMonths: string): string {
  const sql = `
    SELECT customer_id, ${BLOCKERS} AS blockers
    FROM (${RULES}) AS blocker (${BLOCKER_COLUMNS})
    GROUP BY customer_id`;
  return sql.replaceAll(':today', today).replaceAll(':recentInvoiceMonths', recentInvoiceMonths);
}
