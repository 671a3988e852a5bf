/**
 * Selects the effects of the anonymizations of the customers $1 (texts), as customer_id and effects: an array in the
 * order of the entries.
 */
export const SELECT_EFFECTS = `
  SELECT entry.content ->> 'customerId' AS customer_id, jsonb_agg(effect ORDER BY entry.id, ordinality) AS effects
  FROM audit.entry
  CROSS JOIN LATERAL jsonb_array_elements(entry.content -> 'details' -> 'effects') WITH ORDINALITY AS detail(effect,
    ordinality)
  WHERE entry.content ->> 'customerId' = ANY ($1::text[])
    AND entry.content ->> 'action' = 'CUSTOMER_DATA_ANONYMIZED'
  GROUP BY 1`;
