/**
 * Assigns sequences to pending entries in the order of `orderBy`, and returns sequence, entry_id and canonical of each.
 * `chosen` selects their ctid.
 */
export const sequenceEntries = (chosen: string, orderBy: string) => `
  WITH taken AS (DELETE FROM audit.pending WHERE ctid = ANY (ARRAY(${chosen})) RETURNING entry_id),
  sequenced AS (
    INSERT INTO audit.position (sequence, entry_id)
    SELECT (SELECT coalesce(max(sequence), 0) FROM audit.position) + row_number() OVER (ORDER BY ${orderBy}), entry_id
    FROM taken
    RETURNING sequence, entry_id)
  SELECT p.sequence::float8 AS sequence, p.entry_id,
    (SELECT e.canonical FROM audit.entry e WHERE e.id = p.entry_id) AS canonical -- looked up by its key whatever the statistics say
  FROM sequenced p ORDER BY p.sequence`;
