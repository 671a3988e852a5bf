import type { BlockerTable } from '../../../kernel/blocker';

/** The blockers stored in the items of runs. */
export const ITEM_BLOCKERS: BlockerTable = {
  select: `
    SELECT run_id, customer_id, blockers
    FROM anonymization_run_item
    WHERE customer_id = ANY ($1::uuid[]) AND blockers IS NOT NULL`,
  update: `
    UPDATE anonymization_run_item
    SET blockers = $2
    WHERE customer_id = $1 AND run_id = $3`,
};

/** One row for each code that blocks customers of a run, the most frequent first. $1 run */
export const COUNT_BLOCKED_BY_CODE = `
  SELECT blocker ->> 'code' AS code,
    count(DISTINCT item.customer_id)::int AS customers,
    min(blocker ->> 'clearsOn') AS "earliestClearsOn"
  FROM anonymization_run_item item, json_array_elements(item.blockers) AS blocker
  WHERE item.run_id = $1 AND item.state = 'BLOCKED'
  GROUP BY 1
  ORDER BY 2 DESC, 1`;
