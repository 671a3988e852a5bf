/* How a replay repeats changes of legal holds. Each statement returns the customer_id of the changed rows. */

/**
 * Sets a hold on those of the customers $1 who are open, have none in force, and had none set at the instant $4.
 * $2 reason code, $3 day, $5 actor.
 */
export const SET_HOLDS_AGAIN = `
  INSERT INTO legal_hold (customer_id, reason_code, set_on, set_at, set_by)
  SELECT customer.id, $2, $3, $4, $5
  FROM customer
  WHERE customer.id = ANY ($1::uuid[])
    AND customer.anonymized_at IS NULL
    AND customer.merged_into_id IS NULL
    AND NOT EXISTS (
      SELECT FROM legal_hold known
      WHERE known.customer_id = customer.id AND (known.lifted_at IS NULL OR known.set_at = $4))
  RETURNING customer_id`;

/** Lifts the holds of those of the customers $1 who are not anonymized, unless set after the instant $2. $3 actor. */
export const LIFT_HOLDS_AGAIN = `
  UPDATE legal_hold
  SET lifted_at = $2, lifted_by = $3
  FROM customer
  WHERE legal_hold.customer_id = ANY ($1::uuid[])
    AND legal_hold.lifted_at IS NULL
    AND legal_hold.set_at <= $2
    AND customer.id = legal_hold.customer_id
    AND customer.anonymized_at IS NULL
  RETURNING legal_hold.customer_id`;
