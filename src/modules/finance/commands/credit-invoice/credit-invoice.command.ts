import { Command } from '@nestjs/cqrs';
import type { StoredInvoice } from '../../records/invoice.record';
import type { CreditInvoiceRequest } from './credit-invoice.request';

/** Issues a credit note for all or part of an invoice's uncredited amount and returns the credit note. */
export class CreditInvoice extends Command<StoredInvoice> {
  constructor(
    readonly invoiceId: string,
    readonly credit: CreditInvoiceRequest,
  ) {
    super();
  }
}
