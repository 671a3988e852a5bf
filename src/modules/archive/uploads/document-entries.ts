import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/domain-error';
import { type RetentionClass, retentionUntil } from '../../../kernel/retention';
import { Clock } from '../../../platform/clock/clock';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import type { AddDocumentRequest } from '../commands/add-document/add-document.request';
import { ArchiveDocument } from '../entities/archive-document.entity';
import { type DocumentRow, presentDocument, SELECT_DOCUMENT } from '../queries/document-row';
import type { DocumentResponse } from '../queries/list-documents/list-documents.response';
import type { UploadedContent } from './document-upload';

/** Adds rows to the archive, in the transaction that locked the customer for booking. */
@Injectable()
export class DocumentEntries {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `CUSTOMER_ANONYMIZED` when the content's key can no longer be read */
  async add(
    customerId: string,
    fields: AddDocumentRequest,
    content: UploadedContent | null,
  ): Promise<DocumentResponse> {
    const { retentionClass, createdOn = this.clock.today() } = fields;
    if (content !== null) await this.requireKey(customerId, retentionClass, content.keyId);
    const { identifiers } = await this.transaction.repository(ArchiveDocument).insert({
      ...fields,
      customerId,
      createdOn,
      retentionUntil: retentionUntil(retentionClass, createdOn),
      mediaType: content?.mediaType,
      size: content && String(content.size),
      contentId: content?.contentId,
    });
    return presentDocument(await this.transaction.one<DocumentRow>(SELECT_DOCUMENT, [identifiers[0]!.id]));
  }

  /** Requires the key under which the bytes were written, so that no document is added whose bytes cannot be read. */
  private async requireKey(customerId: string, retentionClass: RetentionClass, keyId: string): Promise<void> {
    const readable = await this.transaction.query(
      `SELECT FROM archive_key
       WHERE id = $1 AND customer_id = $2 AND retention_class = $3 AND NOT inherited AND wrapped_key IS NOT NULL`,
      [keyId, customerId, retentionClass],
    );
    if (readable.length === 0) throw new DomainError('CUSTOMER_ANONYMIZED');
  }
}
