import { KEY_OF_DOCUMENT } from '../archive-keys';

/** Selects the customer $1's documents under the fiscal seal, in id order. */
export const SELECT_SEALED = `
  SELECT d.id, d.type, d.media_type AS "mediaType", d.retention_class AS "retentionClass",
      d.retention_until AS "retentionUntil", d.content_id AS "contentId",
    coalesce(d.envelope_id, k.envelope_id) AS "envelopeId", d.sealed_content AS "sealedContent",
      k.sealed_key AS "sealedKey"
  FROM archive_document d LEFT JOIN archive_key k ON d.sealed_content IS NULL AND ${KEY_OF_DOCUMENT}
  WHERE d.customer_id = $1 AND d.content_id IS NOT NULL
    AND (d.sealed_content IS NOT NULL OR k.sealed_key IS NOT NULL)
  ORDER BY d.id`;
