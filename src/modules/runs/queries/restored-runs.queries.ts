import { AUDIT_ENTRIES } from '../../audit';

/**
 * Inserts the run as completed. If the backup has it as completed, it waits for a clean-up again; a run in any other
 * state is not changed. $1 run, $2 reason, $3 reference, $4 employee, $5 instant
 */
export const RECORD_RESTORED_RUN = `
  INSERT INTO anonymization_run AS run
    (id, kind, state, reason, reference, created_by, created_at, previewed_at, started_by, started_at, finished_at)
  SELECT $1,
    CASE WHEN EXISTS (
      SELECT FROM ${AUDIT_ENTRIES} entry
      WHERE entry.content ->> 'runId' = $1::uuid::text
        AND entry.content ->> 'action' = 'ANONYMIZATION_RUN_CREATED') THEN 'SELECTION' ELSE 'CUSTOMER' END,
    'COMPLETED', $2, $3, $4, $5, $5, $4, $5, $5
  ON CONFLICT (id) DO UPDATE
  SET finished_at = excluded.finished_at, cleaned_at = NULL
  WHERE run.state = 'COMPLETED'`;

/** Sets the items to ANONYMIZED, and inserts missing ones. $1 run, $2 ids and $3 numbers of the customers */
export const WRITE_ANONYMIZED_ITEMS = `
  INSERT INTO anonymization_run_item (run_id, customer_id, customer_number, state)
  SELECT $1, customer_id, customer_number, 'ANONYMIZED'
  FROM unnest($2::uuid[], $3::text[]) AS anonymized(customer_id, customer_number)
  ON CONFLICT (run_id, customer_id) DO UPDATE
  SET state = 'ANONYMIZED', blockers = NULL, failure_code = NULL`;
