/** Selects one row: sequenced, leaves, and recorded, the size of the newest checkpoint. */
export const SELECT_SIZES = `
  SELECT coalesce((SELECT max(sequence) FROM audit.position), 0)::float8 AS sequenced,
    coalesce((SELECT place * 256 + length(hashes) / 32 FROM audit.tile WHERE level = 0 ORDER BY place DESC LIMIT 1),
      0)::float8 AS leaves,
    coalesce((SELECT max(size) FROM audit.checkpoint), 0)::float8 AS recorded`;

/**
 * Selects sequence, canonical and whether the other columns differ from it, of the entries after $1 up to $2. No join:
 * with stale statistics it would read the whole log for every page.
 */
export const SELECT_PAGE = `
  SELECT p.sequence::float8 AS sequence, entry.canonical, entry.is_different AS "isDifferent"
  FROM audit.position p
  LEFT JOIN LATERAL (
    SELECT
      e.canonical,
      (e.id::text, e.action, e.module, e.customer_id::text, e.run_id::text, e.actor_id::text, e.actor_role, e.outcome,
        to_char(e.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
      IS DISTINCT FROM
      (content ->> 'id', content ->> 'action', content ->> 'module', content ->> 'customerId', content ->> 'runId',
        content ->> 'actorId', content ->> 'actorRole', content ->> 'outcome', content ->> 'occurredAt') AS is_different
    FROM audit.entry e
    CROSS JOIN LATERAL (SELECT e.canonical::jsonb AS content OFFSET 0) AS parsed
    WHERE e.id = p.entry_id
    OFFSET 0) AS entry ON true
  WHERE p.sequence > $1 AND p.sequence <= $2
  ORDER BY p.sequence`;

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
