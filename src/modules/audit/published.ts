/* Relations that statements of other modules may join. PostgreSQL flattens them; rows cannot be locked through them. */

/** `content` is the JSON of `canonical`; the log's indexes are on its members. */
export const AUDIT_ENTRIES = '(SELECT id, canonical, content FROM audit.entry)';
