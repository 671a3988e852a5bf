import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DomainError } from '../../../../kernel/domain-error';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { databaseCodeOf } from '../../../../platform/database/transient-failure';
import { CustomerLocks } from '../../../customer';
import type { DocumentResponse } from '../../queries/list-documents/list-documents.response';
import { DocumentEntries } from '../../uploads/document-entries';
import { DocumentUploads } from '../../uploads/document-uploads';
import { AddDocument } from './add-document.command';

/**
 * Writes the content first, then the row: an interruption in between leaves a content without a document, never a
 * document without its content.
 */
@CommandHandler(AddDocument)
export class AddDocumentHandler implements ICommandHandler<AddDocument> {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly locks: CustomerLocks,
    private readonly uploads: DocumentUploads,
    private readonly entries: DocumentEntries,
  ) {}

  async execute({ customerId, document }: AddDocument): Promise<DocumentResponse> {
    await this.transaction.run(() => this.locks.lockForBooking(customerId)); // refuses before the client sends the file
    const upload = this.uploads.begin(customerId);
    let mayBeNamed = false;
    try {
      const fields = await document.read((bytes, retentionClass) => upload.take(bytes, retentionClass));
      const content = await upload.complete(fields.retentionClass);
      mayBeNamed = true;
      return await this.transaction.run(async () => {
        await this.locks.lockForBooking(customerId);
        return this.entries.add(customerId, fields, content);
      });
    } catch (error) {
      if (!mayBeNamed || isRolledBack(error)) await upload.discard(); // otherwise the sweep decides later
      throw error;
    }
  }
}

/** True when we or the database reported a rollback. After a broken connection it is unknown whether COMMIT arrived. */
const isRolledBack = (error: unknown): boolean =>
  error instanceof DomainError || !(databaseCodeOf(error) ?? 'E').startsWith('E');
