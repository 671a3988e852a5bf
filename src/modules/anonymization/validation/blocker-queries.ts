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
  return withParameters(
    `SELECT customer_id, ${BLOCKERS} AS blockers
     FROM (${RULES}) AS blocker (${BLOCKER_COLUMNS})
     GROUP BY customer_id`,
    today,
    recentInvoiceMonths,
  );
}

/**
 * Like {@link blockersOfCandidates}, with a row for every customer of `candidates`; `blockers` is NULL for customers
 * without blockers. The customers are one more branch of the union instead of a join with the result, so that no plan
 * compares every customer with every blocker, whatever its estimates.
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
