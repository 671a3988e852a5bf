import { Command } from '@nestjs/cqrs';
import type { StoredInvoice } from '../../records/invoice.record';

/** Makes a draft an issued document with a number of its own; answers with it. */
export class IssueInvoice extends Command<StoredInvoice> {
  constructor(readonly invoiceId: string) {
    super();
  }
}
