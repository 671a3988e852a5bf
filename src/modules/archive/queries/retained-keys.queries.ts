import { KEY_OF_DOCUMENT } from '../archive-keys';

/**
 * Selects the readable keys with a retention period of the customers $1. `until` is the last day of the last document
 * that the key opens, or today, $2.
 */
export const SELECT_RETAINED_KEYS = `
  SELECT k.id, k.customer_id, k.retention_class, k.wrapped_key,
    coalesce((SELECT max(d.retention_until) FROM archive_document d WHERE ${KEY_OF_DOCUMENT}), $2::date) AS until
  FROM archive_key k
  WHERE k.customer_id = ANY ($1::uuid[]) AND k.retention_class <> 'NONE' AND k.wrapped_key IS NOT NULL`;
