import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DomainError } from '../../../../kernel/domain-error';
import { type Action, LockedRecords, RecordWrites } from '../../../records';
import { CreditNotes } from '../../records/credit-notes';
import { creditedNet } from '../../records/credit-split';
import { invoices, type StoredInvoice } from '../../records/invoice.record';
import { CreditInvoice } from './credit-invoice.command';

@CommandHandler(CreditInvoice)
export class CreditInvoiceHandler implements ICommandHandler<CreditInvoice> {
  constructor(
    private readonly records: LockedRecords,
    private readonly writes: RecordWrites,
    private readonly creditNotes: CreditNotes,
  ) {}

  execute({ invoiceId, credit }: CreditInvoice): Promise<StoredInvoice> {
    return this.records.within(invoices, invoiceId, async (invoice, action) => {
      if (invoice.kind === 'CREDIT_NOTE' || invoice.status === 'DRAFT') throw new DomainError('NOT_CREDITABLE');
      const rest = await this.creditNotes.uncredited(invoiceId);
      const amount = credit.amount ?? rest.gross;
      if (amount <= 0 || amount > rest.gross) throw new DomainError('OVER_CREDITED');
      const net = creditedNet(invoice, rest, amount);
      return this.issue(invoice, { net, tax: amount - net, gross: amount }, credit.issuedOn ?? action.today, action);
    });
  }

  private issue(
    { number, branchCode, costBearerIk, careCaseNumber, recipientName, recipientAddress }: StoredInvoice,
    money: Pick<StoredInvoice, 'net' | 'tax' | 'gross'>,
    issuedOn: string,
    { customerId }: Action,
  ): Promise<StoredInvoice> {
    const note = {
      branchCode,
      kind: 'CREDIT_NOTE',
      creditsNumber: number,
      status: 'ISSUED',
      issuedOn,
      costBearerIk,
      careCaseNumber,
      recipientName,
      recipientAddress,
      ...money,
    } as const;
    return this.writes.add(invoices, note, customerId);
  }
}
