import { Command } from '@nestjs/cqrs';
import type { StoredInvoice } from '../../records/invoice.record';
import type { CreditInvoiceRequest } from './credit-invoice.request';

/** Issues a credit note for an invoice, over what is not credited yet or a part of it; answers with the credit note. */
export class CreditInvoice extends Command<StoredInvoice> {
  constructor(
    readonly invoiceId: string,
    readonly credit: CreditInvoiceRequest,
  ) {
    super();
  }
}
