import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { addDays } from '../../../../kernel/business-date';
import { DomainError } from '../../../../kernel/domain-error';
import { LockedRecords } from '../../../records';
import { CreditNotes } from '../../records/credit-notes';
import { DocumentNumbers } from '../../records/document-numbers';
import { invoices, type StoredInvoice } from '../../records/invoice.record';
import { Recipients } from '../../records/recipients';
import { IssueInvoice } from './issue-invoice.command';

const DAYS_TO_PAY = 14;

/** Issues a draft. Defaults: issued today, due 14 days later, and the customer's name and address as recipient. */
@CommandHandler(IssueInvoice)
export class IssueInvoiceHandler implements ICommandHandler<IssueInvoice> {
  constructor(
    private readonly records: LockedRecords,
    private readonly creditNotes: CreditNotes,
    private readonly numbers: DocumentNumbers,
    private readonly recipients: Recipients,
  ) {}

  execute({ invoiceId }: IssueInvoice): Promise<StoredInvoice> {
    return this.records.change(invoices, invoiceId, async (draft, { customerId, today }) => {
      if (draft.status === 'ISSUED') throw new DomainError('INVOICE_ALREADY_ISSUED');
      if (draft.creditsNumber !== null) await this.creditNotes.requireRoomFor(invoiceId);
      const issuedOn = draft.issuedOn ?? today;
      const dueOn = draft.dueOn ?? (draft.kind === 'INVOICE' ? addDays(issuedOn, DAYS_TO_PAY) : null);
      const recipient = await this.recipients.complete(draft, customerId);
      const number = draft.number ?? (await this.numbers.next(draft.branchCode, draft.kind, issuedOn));
      return { status: 'ISSUED', issuedOn, dueOn, number, ...recipient } as const;
    });
  }
}
