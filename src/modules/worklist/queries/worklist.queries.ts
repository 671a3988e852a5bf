import { CUSTOMERS } from '../../customer';
import { LEFT_BLOCKED } from '../../runs';

/** Customers checked in one transaction. */
const BATCH = 1_000;

const IS_OPEN = 'c.anonymized_at IS NULL AND c.merged_into_id IS NULL';

/** Adds customers whom runs have left blocked. */
export const ADD_BLOCKED = `
  INSERT INTO blocked_customer (customer_id)
  SELECT DISTINCT c.id FROM ${LEFT_BLOCKED} blocked JOIN ${CUSTOMERS} c ON c.id = blocked.customer_id
  WHERE ${IS_OPEN}
  ON CONFLICT (customer_id) DO NOTHING`;

/** Removes customers who are anonymized or merged. */
export const REMOVE_DONE = `
  DELETE FROM blocked_customer b
  WHERE NOT EXISTS (SELECT FROM ${CUSTOMERS} c WHERE c.id = b.customer_id AND ${IS_OPEN})`;

/** Locks a batch of customers who were not checked today. $1 today */
export const SELECT_NOT_CHECKED = `
  SELECT customer_id AS id, earliest_possible_on AS "earliestPossibleOn" FROM blocked_customer
  WHERE judged_on IS DISTINCT FROM $1 ORDER BY customer_id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`;

/** Writes verdicts. $1 customers, $2 blockers and $3 earliest days in the same order, $4 today */
export const WRITE_VERDICTS = `
  UPDATE blocked_customer b SET blockers = v.blockers::json, earliest_possible_on = v.earliest, judged_on = $4
  FROM unnest($1::uuid[], $2::text[], $3::date[]) AS v(id, blockers, earliest) WHERE b.customer_id = v.id`;

/** Entries without a day come last. */
const ORDER = `coalesce(b.earliest_possible_on, 'infinity'), b.customer_id`;

/**
 * A page of the list, the earliest day first. $1 first and $2 last day, $3 day and $4 customer of the last entry of the
 * previous page, $5 limit; $1 to $4 may be null
 */
export const SELECT_PAGE = `
  SELECT b.customer_id AS "customerId", c.customer_number AS "customerNumber", b.blockers,
    b.earliest_possible_on AS "earliestPossibleOn",
    b.judged_on AS "judgedOn"
  FROM blocked_customer b JOIN ${CUSTOMERS} c ON c.id = b.customer_id
  WHERE b.judged_on IS NOT NULL AND ${IS_OPEN}
    AND ($1::date IS NULL OR b.earliest_possible_on >= $1) AND ($2::date IS NULL OR b.earliest_possible_on <= $2)
    AND ($4::uuid IS NULL OR (${ORDER}) > (coalesce($3::date, 'infinity'), $4))
  ORDER BY ${ORDER} LIMIT $5`;
