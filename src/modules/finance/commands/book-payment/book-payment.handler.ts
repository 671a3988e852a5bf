import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DomainError } from '../../../../kernel/domain-error';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { LockedRecords } from '../../../records';
import { Payment } from '../../entities/payment.entity';
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
      await this.transaction
        .repository(Payment)
        .insert({ ...payment, paidOn: payment.paidOn ?? today, customerId, invoiceId });
    });
  }
}
