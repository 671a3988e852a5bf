/**
 * Selects the sequences of the entries with the ids $1 and the canonical texts $2, in that order. NULL for entries that
 * the database does not have byte for byte.
 */
export const SELECT_SEQUENCES = `
  SELECT position.sequence::float8 AS sequence
  FROM unnest($1::uuid[], $2::text[]) WITH ORDINALITY AS line (id, canonical, number)
  LEFT JOIN audit.entry ON entry.id = line.id AND entry.canonical = line.canonical
  LEFT JOIN audit.position ON position.entry_id = entry.id
  ORDER BY line.number`;
