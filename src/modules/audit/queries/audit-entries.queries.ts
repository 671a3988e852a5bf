/**
 * Selects canonical text and sequence of the entries `e` that meet all conditions. `direction` is ASC or DESC, `limit`
 * a parameter.
 */
export const selectEntries = (conditions: readonly string[], direction: string, limit: string) => `
    SELECT e.canonical, p.sequence FROM audit.entry e LEFT JOIN audit.position p ON p.entry_id = e.id
    ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}
    ORDER BY e.occurred_at ${direction}, e.id ${direction} LIMIT ${limit}`;
