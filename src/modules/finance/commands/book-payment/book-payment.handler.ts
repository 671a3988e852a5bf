import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DomainError } from '../../../../kernel/domain-error';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { LockedRecords } from '../../../records';
import { invoices, type StoredInvoice } from '../../records/invoice.record';
import { BookPayment } from './book-payment.command';

@CommandHandler(BookPayment)
export class BookPaymentHandler implements ICommandHandler<BookPayment> {
  constructor(
    private readonly records: LockedRecords,
    private readonly transaction: TransactionRunner,
  ) {}

  execute({ invoiceId, payment }: BookPayment): Promise<StoredInvoice> {
    return this.records.change(invoices, invoiceId, async ({ status }, { customerId, today }) => {
      if (status === 'DRAFT') throw new DomainError('INVOICE_NOT_ISSUED');
      const { kind, paidOn, amount, method, payerName, iban, reference } = payment;
      await this.transaction.execute(
        `INSERT INTO payment (customer_id, invoice_id, kind, paid_on, amount, method, payer_name, iban, reference)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [customerId, invoiceId, kind, paidOn ?? today, amount, method, payerName, iban, reference],
      );
    });
  }
}
