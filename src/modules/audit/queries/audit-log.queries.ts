/** Appends entries; $1 ids, $2 canonical texts. */
export const INSERT_ENTRIES = `
  INSERT INTO audit.entry (id, canonical)
  SELECT *
  FROM unnest($1::uuid[], $2::text[])`;

/** Appends the entries that the log lacks; parameters as {@link INSERT_ENTRIES}. */
export const INSERT_MISSING_ENTRIES = `${INSERT_ENTRIES}
  ON CONFLICT (id) DO NOTHING`;

/** Selects whether the newest checkpoint covers all sequenced entries and no entry of the run $1 is pending. */
export const CHECK_ANCHORED = `
  SELECT coalesce((SELECT max(size) FROM audit.checkpoint), 0)
      >= coalesce((SELECT max(sequence) FROM audit.position), 0)
    AND NOT EXISTS (SELECT FROM audit.pending p JOIN audit.entry e ON e.id = p.entry_id
      WHERE e.content ->> 'runId' = $1) AS anchored`;
