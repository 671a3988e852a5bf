/** How a merge moves the customer module's records. $1 source, $2 target. */

/** Moves addresses. A customer has one residential address: the target keeps its own. */
export const MOVE_ADDRESSES = `
    UPDATE address
    SET customer_id = $2,
      type = CASE
        WHEN type = 'RESIDENTIAL' AND EXISTS (SELECT FROM address WHERE customer_id = $2 AND type = 'RESIDENTIAL')
        THEN 'OTHER' ELSE type END
    WHERE customer_id = $1`;

export const MOVE_RELATIONSHIPS = `
    UPDATE relationship
    SET customer_id = CASE customer_id WHEN $1 THEN $2 ELSE customer_id END,
      related_customer_id = CASE related_customer_id WHEN $1 THEN $2 ELSE related_customer_id END
    WHERE $1 IN (customer_id, related_customer_id)`;

/** Condition on relationship `r`: it would lead from the target to itself, or the target already has the same one. */
export const SURPLUS_RELATIONSHIPS = `$1 IN (r.customer_id, r.related_customer_id)
    AND ($2 IN (r.customer_id, r.related_customer_id) OR EXISTS (
      SELECT FROM relationship kept
      WHERE kept.kind = r.kind
        AND ((r.customer_id = $1 AND kept.customer_id = $2 AND r.related_customer_id = kept.related_customer_id)
          OR (r.related_customer_id = $1 AND kept.related_customer_id = $2 AND r.customer_id = kept.customer_id))))`;

/** Locks both customers' relationships in the order of the anonymization: relatives share the rows. */
export const LOCK_RELATIONSHIPS = `
  SELECT FROM relationship
  WHERE $1 IN (customer_id, related_customer_id) OR $2 IN (customer_id, related_customer_id)
  ORDER BY id
  FOR UPDATE`;
