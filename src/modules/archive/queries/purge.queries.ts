import { ANONYMIZED_CUSTOMERS } from '../../customer';
import { KEY_OF_DOCUMENT } from '../archive-keys';

/** Deletes the envelopes whose last day is before $1 and that nothing refers to. */
export const DELETE_DUE_ENVELOPES = `
  DELETE FROM fiscal_envelope e
  WHERE e.retention_until < $1
    AND NOT EXISTS (SELECT FROM archive_document d WHERE d.envelope_id = e.id)
    AND NOT EXISTS (SELECT FROM archive_key k WHERE k.envelope_id = e.id)`;

/**
 * Deletes the documents of those of the customers $1 who are anonymized, if their period ended before $2. Returns them;
 * stored_content_id is NULL without content in the store.
 */
export const DELETE_DUE_DOCUMENTS = `
  DELETE FROM archive_document d USING ${ANONYMIZED_CUSTOMERS} c
  WHERE c.id = d.customer_id AND c.id = ANY ($1::uuid[]) AND d.retention_until < $2
  RETURNING d.id, d.customer_id, d.retention_class, d.envelope_id,
    CASE WHEN d.sealed_content IS NULL THEN d.content_id END AS stored_content_id`;

/** Deletes the keys of the customers $1 that open no content in the store. Returns their envelope_id. */
export const DELETE_UNUSED_KEYS = `
  DELETE FROM archive_key k WHERE k.customer_id = ANY ($1::uuid[]) AND NOT EXISTS (
    SELECT FROM archive_document d WHERE d.content_id IS NOT NULL AND d.sealed_content IS NULL
      AND ${KEY_OF_DOCUMENT})
  RETURNING k.envelope_id`;
