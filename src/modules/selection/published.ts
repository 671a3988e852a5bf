/* Relations that statements of other modules may join. PostgreSQL flattens them; rows cannot be locked through them. */

export const SELECTION_MEMBERS = '(SELECT selection_id, customer_id FROM selection_member)';
