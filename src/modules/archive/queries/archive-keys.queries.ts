/** Selects the newest readable data keys. */
export const SELECT_NEWEST_KEYS = `
  SELECT id, customer_id, retention_class, wrapped_key
  FROM archive_key
  WHERE wrapped_key IS NOT NULL
  ORDER BY id DESC
  LIMIT 20`;
