import { Injectable } from '@nestjs/common';
import type { BusinessDate } from '../../../kernel/business-date';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import type { InvoiceKind } from '../entities/invoice.entity';

const LETTERS: Record<InvoiceKind, string> = { INVOICE: 'R', CREDIT_NOTE: 'G' };

/** Assigns the numbers of issued documents, gapless per branch, kind and year of issue: `STR-01-R2026-000001`. */
@Injectable()
export class DocumentNumbers {
  constructor(private readonly transaction: TransactionRunner) {}

  /**
   * Returns the next number of the series. The series stays locked until the transaction ends, and a rollback returns
   * the number. Call it last, since all documents of the series wait for the lock.
   */
  async next(branchCode: string, kind: InvoiceKind, issuedOn: BusinessDate): Promise<string> {
    const year = Number(issuedOn.slice(0, 4));
    for (;;) {
      const series = await this.transaction.one<{ last: number }>(
        `INSERT INTO document_number (branch_id, kind, year, last) SELECT id, $2, $3, 1 FROM branch WHERE code = $1
         ON CONFLICT (branch_id, kind, year) DO UPDATE SET last = document_number.last + 1 RETURNING last`,
        [branchCode, kind, year],
      );
      const number = `${branchCode}-${LETTERS[kind]}${year}-${String(series.last).padStart(6, '0')}`;
      // an imported document may already have this number
      const taken = await this.transaction.query('SELECT FROM invoice WHERE number = $1', [number]);
      if (taken.length === 0) return number;
    }
  }
}
