/** Selects customer_id and details of the anonymizations of the customers $1, in the order of the entries. */
export const SELECT_EFFECTS = `
  SELECT entry.customer_id, entry.canonical::json -> 'details' AS details
  FROM audit.entry
  WHERE entry.customer_id = ANY ($1::uuid[])
    AND entry.action = 'CUSTOMER_DATA_ANONYMIZED'
  ORDER BY entry.id`;
