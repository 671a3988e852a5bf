/**
 * Selects digest and anchored of the newest data map: whether a signed checkpoint outside of the database covers its
 * entry.
 */
export const SELECT_MAP_IN_FORCE = `
  SELECT
    entry.canonical::json -> 'details' ->> 'dataMap' AS digest,
    EXISTS (
      SELECT FROM audit.position
      WHERE position.entry_id = entry.id
        AND position.sequence <= (SELECT max(size) FROM audit.checkpoint)) AS anchored
  FROM audit.entry
  WHERE entry.action = 'DATA_MAP_IN_FORCE'
  ORDER BY entry.occurred_at DESC, entry.id DESC
  LIMIT 1`;

/** Selects sequence and canonical of the first entry with each of the digests $1. */
export const SELECT_DATA_MAPS = `
  SELECT DISTINCT ON (entry.canonical::json -> 'details' ->> 'dataMap')
    position.sequence::float8 AS sequence,
    entry.canonical
  FROM audit.entry
  LEFT JOIN audit.position ON position.entry_id = entry.id
  WHERE entry.action = 'DATA_MAP_IN_FORCE'
    AND entry.canonical::json -> 'details' ->> 'dataMap' = ANY ($1::text[])
  ORDER BY entry.canonical::json -> 'details' ->> 'dataMap', position.sequence`;
