import { ACTIVE_ADMINISTRATORS } from '../../employee';

/** Condition of items that were never deferred. $4 items to skip, $5 last claimed item */
export const FRESH = 'deferred_at IS NULL AND customer_id <> ALL ($4::uuid[]) AND customer_id > $5';

/** Condition of items that were deferred a moment ago. $4 items to skip */
export const DEFERRED = `deferred_at < now() - interval '250 milliseconds' AND customer_id <> ALL ($4::uuid[])`;

/**
 * Locks READY items that fulfil the condition, while the employee's run is in progress; returns their customers. $1
 * run, $2 limit, $3 employee, from $4 the parameters of the condition
 */
export const claimReadyItems = (condition: string) => `
  SELECT customer_id FROM anonymization_run_item
  WHERE run_id = $1 AND state = 'READY' AND ${condition}
    AND EXISTS (
      SELECT FROM anonymization_run run
      JOIN ${ACTIVE_ADMINISTRATORS} administrator ON administrator.id = run.started_by
      WHERE run.id = $1 AND run.state = 'RUNNING' AND run.started_by = $3)
  ORDER BY customer_id LIMIT $2 FOR UPDATE SKIP LOCKED`;

/**
 * Defers READY items, and fails those deferred for longer than $3; returns state and customer. $1 run, $2 customers, $3
 * seconds
 */
export const DEFER_ITEMS = `
  UPDATE anonymization_run_item SET
    state = CASE WHEN first_deferred_at < now() - $3 * interval '1 second' THEN 'FAILED' ELSE state END,
    failure_code = CASE WHEN first_deferred_at < now() - $3 * interval '1 second' THEN 'CUSTOMER_LOCKED' END,
    first_deferred_at = coalesce(first_deferred_at, now()), deferred_at = now()
  WHERE run_id = $1 AND customer_id = ANY ($2::uuid[]) AND state = 'READY' RETURNING state, customer_id`;
