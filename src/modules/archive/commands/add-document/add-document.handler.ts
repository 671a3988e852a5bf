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
 * Content first, then the row: what breaks off in between is a content that no document names, never a document without
 * its content.
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
    await this.transaction.run(() => this.locks.lockForBooking(customerId)); // nobody sends a file in vain
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
      if (!mayBeNamed || isRolledBack(error)) await upload.discard(); // else the sweep finds out
      throw error;
    }
  }
}

/** Told by us or by the database. A connection that broke leaves open whether the COMMIT was heard. */
const isRolledBack = (error: unknown): boolean =>
  error instanceof DomainError || !(databaseCodeOf(error) ?? 'E').startsWith('E');
