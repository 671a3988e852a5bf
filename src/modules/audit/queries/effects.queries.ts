/** Selects customer_id and details of the anonymizations of the customers $1 (texts), in the order of the entries. */
export const SELECT_EFFECTS = `
  SELECT entry.content ->> 'customerId' AS customer_id, entry.content -> 'details' AS details
  FROM audit.entry
  WHERE entry.content ->> 'customerId' = ANY ($1::text[])
    AND entry.content ->> 'action' = 'CUSTOMER_DATA_ANONYMIZED'
  ORDER BY entry.id`;
