import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/domain-error';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { invalid } from '../../../platform/http/validation.pipe';
import { uncreditedOf } from '../queries/document-groups.queries';
import { UNCREDITABLE } from './uncreditable';

/** The uncredited part of an invoice, in cents. */
export interface Uncredited {
  readonly net: number;
  readonly gross: number;
}

/** Ensures that credit notes do not exceed their invoices. */
@Injectable()
export class CreditNotes {
  constructor(private readonly transaction: TransactionRunner) {}

  /** @throws DomainError `VALIDATION_FAILED` at `creditsNumber` for a document that a credit note cannot name */
  async requireCreditable(invoiceId: string): Promise<void> {
    const cases = UNCREDITABLE.map(({ code, when }) => `WHEN ${when('i')} THEN '${code}'`);
    const [found] = await this.transaction.query<{ code: string | null }>(
      `SELECT CASE ${cases.join(' ')} END AS code FROM invoice i WHERE i.id = $1`,
      [invoiceId],
    );
    if (found?.code) throw invalid('creditsNumber', found.code);
  }

  /** Returns the uncredited amounts. Locks the invoice, so that two concurrent credits cannot exceed it together. */
  async uncredited(invoiceId: string): Promise<Uncredited> {
    await this.transaction.query('SELECT FROM invoice WHERE id = $1 FOR UPDATE', [invoiceId]);
    return this.transaction.one<Uncredited>(
      `SELECT (${uncreditedOf('i')})::float8 AS gross, (i.net - (SELECT coalesce(sum(n.net), 0) FROM invoice n
         WHERE n.customer_id = i.customer_id AND n.credits_id = i.id AND n.status = 'ISSUED'))::float8 AS net
       FROM invoice i WHERE i.id = $1`,
      [invoiceId],
    );
  }

  /** @throws DomainError `OVER_CREDITED` when the credit exceeds the uncredited amount of the invoice */
  async requireRoom(invoiceId: string, gross: number): Promise<void> {
    if (gross > (await this.uncredited(invoiceId)).gross) throw new DomainError('OVER_CREDITED');
  }

  /**
   * Like {@link requireRoom}, for a draft credit note that is about to be issued. Locks its invoice after the draft.
   */
  async requireRoomFor(draftId: string): Promise<void> {
    const draft = await this.transaction.one<{ creditsId: string; gross: number }>(
      'SELECT credits_id AS "creditsId", gross::float8 AS gross FROM invoice WHERE id = $1',
      [draftId],
    );
    await this.requireRoom(draft.creditsId, draft.gross);
  }
}
