import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { DomainError } from '../../../../kernel/domain-error';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { ArchiveAccess } from '../../archive-access';
import { ReadableContents } from '../../readable-contents';
import { type DocumentContent, GetDocumentContent } from './get-document-content.query';

const UNKNOWN_BYTES = 'application/octet-stream';

@QueryHandler(GetDocumentContent)
export class GetDocumentContentHandler implements IQueryHandler<GetDocumentContent> {
  constructor(
    private readonly archive: ArchiveAccess,
    private readonly transaction: TransactionRunner,
    private readonly contents: ReadableContents,
  ) {}

  /**
   * Opens the content under the customer's lock. An anonymization that follows may commit during the download, which
   * was authorized before it.
   */
  async execute({ documentId, actor }: GetDocumentContent): Promise<DocumentContent> {
    const customerId = await this.customerOf(documentId);
    return this.archive.enter(customerId, { access: 'CONTENT', documentId }, actor, async () => {
      const document = await this.contents.find(documentId, customerId);
      if (document === undefined) throw new DomainError('DOCUMENT_NOT_FOUND');
      return {
        fileName: document.file_name ?? documentId,
        mediaType: document.media_type ?? UNKNOWN_BYTES,
        bytes: await this.contents.open(document),
      };
    });
  }

  private async customerOf(documentId: string): Promise<string> {
    const [document] = await this.transaction.queryAlone<{ customer_id: string }>(
      'SELECT customer_id FROM archive_document WHERE id = $1',
      [documentId],
    );
    if (document === undefined) throw new DomainError('DOCUMENT_NOT_FOUND');
    return document.customer_id;
  }
}
