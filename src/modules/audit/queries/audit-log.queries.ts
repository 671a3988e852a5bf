/** Appends entries; $1 ids, $2 canonical texts, from which the other columns are taken. */
export const INSERT_ENTRIES = `
  INSERT INTO audit.entry
    (id, canonical, occurred_at, action, module, customer_id, run_id, actor_id, actor_role, outcome)
  SELECT
    entry.id,
    entry.canonical,
    (content ->> 'occurredAt')::timestamptz,
    content ->> 'action',
    content ->> 'module',
    (content ->> 'customerId')::uuid,
    (content ->> 'runId')::uuid,
    (content ->> 'actorId')::uuid,
    content ->> 'actorRole',
    content ->> 'outcome'
  FROM unnest($1::uuid[], $2::text[]) AS entry (id, canonical)
  CROSS JOIN LATERAL (SELECT entry.canonical::jsonb AS content OFFSET 0) AS parsed`;

/** Appends the entries that the log lacks; parameters as {@link INSERT_ENTRIES}. */
export const INSERT_MISSING_ENTRIES = `${INSERT_ENTRIES}
  ON CONFLICT (id) DO NOTHING`;

/** Selects whether the newest checkpoint covers all sequenced entries and no entry of the run $1 is pending. */
export const CHECK_ANCHORED = `
  SELECT coalesce((SELECT max(size) FROM audit.checkpoint), 0)
      >= coalesce((SELECT max(sequence) FROM audit.position), 0)
    AND NOT EXISTS (SELECT FROM audit.pending p JOIN audit.entry e ON e.id = p.entry_id
      WHERE e.run_id = $1) AS anchored`;
