/* Relations that statements of other modules may join. PostgreSQL flattens them; rows cannot be locked through them. */

export const AUDIT_ENTRIES = '(SELECT id, occurred_at, action, run_id FROM audit.entry)';
