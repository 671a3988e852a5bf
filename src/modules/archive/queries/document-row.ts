import type { DocumentResponse } from './list-documents/list-documents.response';

export type DocumentRow = Omit<DocumentResponse, 'size'> & { readonly size: string | null };

/** The columns of {@link DocumentRow}. */
export const DOCUMENT_COLUMNS = `id, type, title, file_name AS "fileName", retention_class AS "retentionClass", created_on AS "createdOn",
  retention_until AS "retentionUntil", media_type AS "mediaType", size`;

export const presentDocument = (row: DocumentRow): DocumentResponse => ({
  ...row,
  size: row.size === null ? null : Number(row.size),
});
