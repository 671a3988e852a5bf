import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { DOCUMENT_COLUMNS, type DocumentRow, presentDocument } from './queries/document-row';
import type { DocumentResponse } from './queries/list-documents/list-documents.response';
import { ReadableContents } from './readable-contents';

export interface CustomerDocument {
  readonly document: DocumentResponse;
  /** decrypts the content; null when it is sealed or empty */
  readonly open: (() => Promise<Readable>) | null;
  /** kept, but not readable by this process */
  readonly isSealed: boolean;
}

/** All documents of a customer, oldest first, without a check of the customer's state. */
@Injectable()
export class CustomerDocuments {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly contents: ReadableContents,
  ) {}

  /** Runs in the transaction that locked the customer. */
  async findForCustomer(customerId: string): Promise<CustomerDocument[]> {
    const rows = await this.transaction.query<DocumentRow & { hasContent: boolean }>(
      `SELECT ${DOCUMENT_COLUMNS}, content_id IS NOT NULL AS "hasContent" FROM archive_document
       WHERE customer_id = $1 ORDER BY archive_document.id`,
      [customerId],
    );
    const readable = new Map((await this.contents.ofCustomer(customerId)).map((document) => [document.id, document]));
    return rows.map(({ hasContent, ...row }) => {
      const found = readable.get(row.id);
      return {
        document: presentDocument(row),
        open: found === undefined ? null : () => this.contents.open(found),
        isSealed: hasContent && found === undefined,
      };
    });
  }
}
