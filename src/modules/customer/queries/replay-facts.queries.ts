/** Selects customer_number and created_at of the customers $1, in their order. */
export const SELECT_REPLAY_FACTS = `
  SELECT customer.customer_number, customer.created_at
  FROM unnest($1::uuid[]) WITH ORDINALITY AS batch (customer_id, position)
  JOIN customer ON customer.id = batch.customer_id
  ORDER BY batch.position`;
