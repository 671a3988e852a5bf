import { blockersOfCandidates } from '../../anonymization';
import { CUSTOMERS } from '../../customer';
import { SELECTION_MEMBERS } from '../../selection';

/**
 * The members of the run that is previewed. A temporary table, because the planner knows its size and keys once it is
 * analyzed. Until the next autovacuum, the members of a new selection count as one row, and a plan made for one row
 * takes quadratic time.
 */
export const CREATE_CANDIDATES = 'CREATE TEMPORARY TABLE candidate (customer_id uuid NOT NULL) ON COMMIT DROP';

/** $1 run */
export const INSERT_CANDIDATES = `
  INSERT INTO candidate (customer_id)
  SELECT member.customer_id
  FROM anonymization_run run JOIN ${SELECTION_MEMBERS} member ON member.selection_id = run.selection_id
  WHERE run.id = $1
  UNION ALL
  SELECT DISTINCT unnest(run.customer_ids)
  FROM anonymization_run run
  WHERE run.id = $1`;

export const INDEX_CANDIDATES = 'ALTER TABLE candidate ADD PRIMARY KEY (customer_id)';

export const ANALYZE_CANDIDATES = 'ANALYZE candidate';

/**
 * Freezes the candidates and checks each one, in one statement. Candidates and blocked customers are one union, grouped
 * by customer, instead of a join: no plan compares every candidate with every blocked customer, whatever its estimates.
 * $1 run, $2 today, $3 months
 */
export const FREEZE_AND_CHECK = `
  WITH candidates AS NOT MATERIALIZED (SELECT customer_id FROM candidate),
  checked AS (
    SELECT customer_id, max(customer_number) AS customer_number, max(anonymized_at) AS anonymized_at,
      (array_agg(blockers) FILTER (WHERE blockers IS NOT NULL))[1] AS blockers
    FROM (
      SELECT customer.id, customer.customer_number, customer.anonymized_at, NULL
      FROM candidates
        JOIN ${CUSTOMERS} customer ON customer.id = candidates.customer_id
      UNION ALL
      SELECT blocked.customer_id, NULL, NULL, blocked.blockers
      FROM (${blockersOfCandidates('$2::date', '$3::int')}) AS blocked
    ) AS verdict (customer_id, customer_number, anonymized_at, blockers)
    GROUP BY customer_id)
  INSERT INTO anonymization_run_item (run_id, customer_id, customer_number, state, blockers)
  SELECT $1, customer_id, customer_number,
    CASE
      WHEN anonymized_at IS NOT NULL THEN 'ALREADY_ANONYMIZED'
      WHEN blockers IS NOT NULL THEN 'BLOCKED'
      ELSE 'READY'
    END,
    CASE WHEN anonymized_at IS NULL THEN blockers END
  FROM checked`;
