/** What a merge does with the customer module's records (`@OnMerge`). $1 source, $2 target. */

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

/** Condition: a relationship would lead from the target to itself, or the target already has the same one. */
export const SURPLUS_RELATIONSHIPS = `$1 IN (relationship.customer_id, relationship.related_customer_id)
    AND ($2 IN (relationship.customer_id, relationship.related_customer_id) OR EXISTS (
      SELECT FROM relationship kept
      WHERE kept.kind = relationship.kind
        AND ((relationship.customer_id = $1 AND kept.customer_id = $2
            AND kept.related_customer_id = relationship.related_customer_id)
          OR (relationship.related_customer_id = $1 AND kept.related_customer_id = $2
            AND kept.customer_id = relationship.customer_id))))`;

/** Locks both customers' relationships in the order of the anonymization: relatives share the rows. */
export const LOCK_RELATIONSHIPS = `
  SELECT FROM relationship
  WHERE $1 IN (customer_id, related_customer_id) OR $2 IN (customer_id, related_customer_id)
  ORDER BY id
  FOR UPDATE`;
