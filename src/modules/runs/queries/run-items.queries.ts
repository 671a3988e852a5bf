/**
 * A page of the items of a run, in the order of their ids. Only BLOCKED items have blockers; the text is searched
 * first, because then most of it need not be parsed. $1 run, $2 state, $3 code of a blocker, $4 last customer of the
 * previous page, $5 limit; $2 to $4 may be null
 */
export const SELECT_ITEM_PAGE = `
  SELECT customer_id AS "customerId", customer_number AS "customerNumber", state,
    coalesce(blockers, '[]') AS blockers,
    failure_code AS "failureCode", failure
  FROM anonymization_run_item
  WHERE run_id = $1 AND ($2::text IS NULL OR state = $2) AND ($4::uuid IS NULL OR customer_id > $4)
    AND ($3::text IS NULL OR state = 'BLOCKED' AND strpos(blockers::text, $3) > 0
      AND EXISTS (SELECT FROM json_array_elements(blockers) AS blocker WHERE blocker ->> 'code' = $3))
  ORDER BY customer_id LIMIT $5`;
