import { KEY_OF_DOCUMENT } from '../archive-keys';

const SAMPLE_SIZE = 100;

/** Selects random documents with content in the store: content_id, customer_id, retention_class and wrapped_key. */
export const SELECT_SAMPLE = `
  SELECT d.content_id, d.customer_id, d.retention_class, k.wrapped_key
  FROM archive_document d
  LEFT JOIN archive_key k ON ${KEY_OF_DOCUMENT}
  WHERE d.content_id IS NOT NULL AND d.sealed_content IS NULL
  ORDER BY random()
  LIMIT ${SAMPLE_SIZE}`;
