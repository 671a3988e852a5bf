/**
 * Selects the effects of the anonymizations of the customers $1, as customer_id and effects: an array in the
 * order of the entries.
 */
export const SELECT_EFFECTS = `
  SELECT entry.customer_id, jsonb_agg(effect ORDER BY entry.id, ordinality) AS effects
  FROM audit.entry
  CROSS JOIN LATERAL jsonb_array_elements(entry.canonical::jsonb -> 'details' -> 'effects')
    WITH ORDINALITY AS detail (effect, ordinality)
  WHERE entry.customer_id = ANY ($1::uuid[])
    AND entry.action = 'CUSTOMER_DATA_ANONYMIZED'
  GROUP BY 1`;
