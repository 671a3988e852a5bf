const NEWEST = 'SELECT size, exported_at FROM audit.checkpoint ORDER BY size DESC LIMIT 1';

/** Selects one row, a `LogStanding`. */
export const SELECT_STANDING = `
  SELECT (SELECT coalesce(max(sequence), 0) FROM audit.position)::float8 AS entries,
      (SELECT count(*) FROM audit.pending)::float8 AS pending,
    coalesce(c.size, 0)::float8 AS covered, c.exported_at AS "checkpointAt"
  FROM (SELECT) AS one LEFT JOIN (${NEWEST}) AS c ON true`;

/** Selects the id of the first entry that no checkpoint covers, or NULL. */
export const SELECT_OLDEST_UNCOVERED = `
  SELECT least(
    (SELECT entry_id FROM audit.pending ORDER BY entry_id LIMIT 1),
    (SELECT entry_id FROM audit.position
      WHERE sequence = coalesce((SELECT max(size) FROM audit.checkpoint), 0) + 1)) AS id`;
