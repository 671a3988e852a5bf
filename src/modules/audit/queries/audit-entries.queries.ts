/** Instants are compared as the stored text, with milliseconds and Z, which sorts by time. */
export const OCCURRED_AT = `e.content ->> 'occurredAt'`;

/**
 * Selects content and sequence of the entries `e` that meet all conditions. `direction` is ASC or DESC, `limit` a
 * parameter.
 */
export const selectEntries = (conditions: readonly string[], direction: string, limit: string) => `
    SELECT e.content, p.sequence FROM audit.entry e LEFT JOIN audit.position p ON p.entry_id = e.id
    ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}
    ORDER BY ${OCCURRED_AT} ${direction}, e.id ${direction} LIMIT ${limit}`;
