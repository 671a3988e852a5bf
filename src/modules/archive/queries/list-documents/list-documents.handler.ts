import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { CURSOR_ID, type Page, pageOf, type PageRequest, sortKeyOf } from '../../../../platform/http/page';
import { ArchiveAccess } from '../../archive-access';
import { DOCUMENT_COLUMNS, type DocumentRow, presentDocument } from '../document-row';
import { ListDocuments } from './list-documents.query';
import type { DocumentResponse } from './list-documents.response';

@QueryHandler(ListDocuments)
export class ListDocumentsHandler implements IQueryHandler<ListDocuments> {
  constructor(
    private readonly archive: ArchiveAccess,
    private readonly transaction: TransactionRunner,
  ) {}

  execute({ customerId, page, actor }: ListDocuments): Promise<Page<DocumentResponse>> {
    return this.archive.enter(customerId, { access: 'LIST' }, actor, () => this.list(customerId, page));
  }

  private async list(customerId: string, { limit, cursor }: PageRequest): Promise<Page<DocumentResponse>> {
    const [before] = sortKeyOf(cursor, [CURSOR_ID]) ?? [null];
    const rows = await this.transaction.query<DocumentRow>(
      `SELECT ${DOCUMENT_COLUMNS}
       FROM archive_document WHERE customer_id = $1 AND ($2::bigint IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      [customerId, before, limit + 1],
    );
    return pageOf(rows, limit, ({ id }) => [id], presentDocument);
  }
}
