/** Selects one row: sequenced, leaves, and recorded, the size of the newest checkpoint. */
export const SELECT_SIZES = `
  SELECT coalesce((SELECT max(sequence) FROM audit.position), 0)::float8 AS sequenced,
    coalesce((SELECT place * 256 + length(hashes) / 32 FROM audit.tile WHERE level = 0 ORDER BY place DESC LIMIT 1),
      0)::float8 AS leaves,
    coalesce((SELECT max(size) FROM audit.checkpoint), 0)::float8 AS recorded`;

/**
 * Selects sequence and canonical of the entries after $1 up to $2. No join: with stale statistics it would read the
 * whole log for every page.
 */
export const SELECT_PAGE = `
  SELECT p.sequence::float8 AS sequence, (SELECT e.canonical FROM audit.entry e WHERE e.id = p.entry_id) AS canonical
  FROM audit.position p WHERE p.sequence > $1 AND p.sequence <= $2 ORDER BY p.sequence`;

/**
 * Selects whether an entry is neither sequenced nor pending, or a pending one does not exist. One statement, because an
 * entry could be sequenced between two of them.
 */
export const SELECT_UNPLACED = `
  SELECT EXISTS (
      SELECT FROM audit.entry e WHERE NOT EXISTS (SELECT FROM audit.position p WHERE p.entry_id = e.id)
        AND NOT EXISTS (SELECT FROM audit.pending q WHERE q.entry_id = e.id))
    OR EXISTS (SELECT FROM audit.pending q
      WHERE NOT EXISTS (SELECT FROM audit.entry e WHERE e.id = q.entry_id)) AS unplaced`;
