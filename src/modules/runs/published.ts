/* Relations that statements of other modules may join. PostgreSQL flattens them; rows cannot be locked through them. */

/** Customers whom a completed or cancelled run left blocked, once for each run. */
export const LEFT_BLOCKED = `(
  SELECT item.customer_id
  FROM anonymization_run run
    JOIN anonymization_run_item item ON item.run_id = run.id AND item.state = 'BLOCKED'
  WHERE run.state IN ('COMPLETED', 'CANCELLED'))`;
