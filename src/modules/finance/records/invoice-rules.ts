import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { invalid } from '../../../platform/http/validation.pipe';
import type { Booking, RecordRules } from '../../records';
import { CreditNotes } from './credit-notes';
import { DocumentNumbers } from './document-numbers';
import type { AddInvoiceRequest, InvoiceLineRequest } from './invoice.request';
import { Recipients } from './recipients';

/**
 * Rules for invoices and credit notes: which document a note credits, and the number and recipient of issued documents.
 */
@Injectable()
export class InvoiceRules implements RecordRules<AddInvoiceRequest> {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly creditNotes: CreditNotes,
    private readonly numbers: DocumentNumbers,
    private readonly recipients: Recipients,
  ) {}

  async complete(invoice: AddInvoiceRequest, { references, customerId }: Booking): Promise<Partial<AddInvoiceRequest>> {
    const { number, branchCode, kind, status, issuedOn } = invoice;
    const lines = withPositions(invoice.lines ?? []);
    if (references.creditsNumber !== undefined) await this.checkCredit(invoice, references.creditsNumber);
    if (status === 'DRAFT') return { lines };
    const recipient = await this.recipients.complete(invoice, customerId);
    return { lines, ...recipient, number: number ?? (await this.numbers.next(branchCode, kind, issuedOn!)) };
  }

  async added(id: string, { lines = [] }: AddInvoiceRequest, { customerId }: Booking): Promise<void> {
    if (lines.length === 0) return;
    await this.transaction.execute(
      `INSERT INTO invoice_line (customer_id, invoice_id, position, article, text, serial_number, quantity, amount)
       SELECT $1, $2, l.position, l.article, l.text, l."serialNumber", coalesce(l.quantity, 1), l.amount
       FROM json_to_recordset($3) AS l (position integer, article text, text text, "serialNumber" text,
         quantity numeric, amount bigint)`,
      [customerId, id, JSON.stringify(lines)],
    );
  }

  private async checkCredit({ status, gross }: AddInvoiceRequest, creditedId: string): Promise<void> {
    await this.creditNotes.requireCreditable(creditedId);
    if (status === 'ISSUED') await this.creditNotes.requireRoom(creditedId, gross);
  }
}

/** Numbers the lines; a line without a position follows the previous one. */
function withPositions(lines: readonly InvoiceLineRequest[]): InvoiceLineRequest[] {
  const taken = new Set<number>();
  let position = 0;
  return lines.map((line, index) => {
    position = line.position ?? position + 1;
    if (taken.has(position)) throw invalid(`lines.${index}.position`, 'DUPLICATE');
    taken.add(position);
    return { ...line, position };
  });
}
