import { Command } from '@nestjs/cqrs';
import type { DocumentResponse } from '../../queries/list-documents/list-documents.response';
import type { IncomingDocument } from './incoming-document';

/** Archives a document of a customer, with its file if there is one. Returns the document as the list shows it. */
export class AddDocument extends Command<DocumentResponse> {
  constructor(
    readonly customerId: string,
    readonly document: IncomingDocument,
  ) {
    super();
  }
}
