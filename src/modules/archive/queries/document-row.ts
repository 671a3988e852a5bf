import { columnsOf } from '../../records';
import { ArchiveDocument } from '../entities/archive-document.entity';
import type { DocumentResponse } from './list-documents/list-documents.response';

export type DocumentRow = Omit<DocumentResponse, 'size'> & { readonly size: string | null };

/** The columns of {@link DocumentRow}. */
export const DOCUMENT_COLUMNS = [
  'id',
  ...columnsOf(ArchiveDocument).map(({ name, property }) => `${name} AS "${property}"`),
  'retention_until AS "retentionUntil"',
  'media_type AS "mediaType"',
  'size',
].join(', ');

export const SELECT_DOCUMENT = `SELECT ${DOCUMENT_COLUMNS} FROM archive_document WHERE id = $1`;

export const presentDocument = (row: DocumentRow): DocumentResponse => ({
  ...row,
  size: row.size === null ? null : Number(row.size),
});
