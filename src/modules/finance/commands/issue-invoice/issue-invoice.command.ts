import { Command } from '@nestjs/cqrs';
import type { StoredInvoice } from '../../records/invoice.record';

/** Issues a draft under a document number and returns the document. */
export class IssueInvoice extends Command<StoredInvoice> {
  constructor(readonly invoiceId: string) {
    super();
  }
}
