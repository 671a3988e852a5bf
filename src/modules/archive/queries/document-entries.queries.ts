import { DOCUMENT_COLUMNS } from './document-row';

/**
 * Inserts a document and returns it as a `DocumentRow`. $1 customer, $2 type, $3 title, $4 file name, $5 retention
 * class, $6 day of creation, $7 last day of the period, $8 media type, $9 size, $10 content id.
 */
export const INSERT_DOCUMENT = `
  INSERT INTO archive_document
    (customer_id, type, title, file_name, retention_class, created_on, retention_until, media_type, size,
      content_id)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING ${DOCUMENT_COLUMNS}`;
