import { BLOCKER_CODES, BLOCKER_COLUMNS } from '../../../kernel/blocker';
import { customerBlockers } from '../../customer';
import { deviceBlockers } from '../../device';
import { financeBlockers } from '../../finance';
import { loyaltyBlockers } from '../../loyalty';

/** A record's id is a number in most tables and a UUID of a customer. */
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
 * Rows (customer_id, blockers): everything that stands in the way of each customer of `candidates`, in the order of
 * domain section 6.
 */
export function blockersOfCandidates(today: string, recentInvoiceMonths: string): string {
  return withParameters(
    `SELECT customer_id, ${BLOCKERS} AS blockers
     FROM (${RULES}) AS blocker (${BLOCKER_COLUMNS})
     GROUP BY customer_id`,
    today,
    recentInvoiceMonths,
  );
}

/**
 * The same with a row for every customer of `candidates`, `blockers` NULL where nothing stands in the way. The
 * customers are one more branch of the union and not joined to the result: whatever the planner thinks of their
 * numbers, it cannot compare each with each.
 */
export function verdictsOfCandidates(today: string, recentInvoiceMonths: string): string {
  return withParameters(
    `SELECT customer_id, ${BLOCKERS} FILTER (WHERE code IS NOT NULL) AS blockers
     FROM (
       ${RULES}
       UNION ALL
       SELECT customer_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM candidates
     ) AS blocker (${BLOCKER_COLUMNS})
     GROUP BY customer_id`,
    today,
    recentInvoiceMonths,
  );
}

const withParameters = (sql: string, today: string, recentInvoiceMonths: string): string =>
  sql.replaceAll(':today', today).replaceAll(':recentInvoiceMonths', recentInvoiceMonths);
