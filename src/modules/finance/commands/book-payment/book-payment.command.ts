import { Command } from '@nestjs/cqrs';
import type { StoredInvoice } from '../../records/invoice.record';
import type { BookPaymentRequest } from './book-payment.request';

/** Books a payment, a refund or a write-off on an issued document and returns the document. */
export class BookPayment extends Command<StoredInvoice> {
  constructor(
    readonly invoiceId: string,
    readonly payment: BookPaymentRequest,
  ) {
    super();
  }
}
