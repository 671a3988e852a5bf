import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/domain-error';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { violatedUnique } from '../../../platform/database/violated-constraint';
import { countSameEntries, INSERT_MISSING_ENTRIES } from '../../audit';
import type { LedgerEntry } from '../ledger/ledger-entry';

/** Restores audit entries of the ledger byte for byte. */
@Injectable()
export class RestoredEntries {
  constructor(private readonly transaction: TransactionRunner) {}

  /**
   * Inserts the missing entries and returns how many were missing.
   *
   * @throws DomainError `LEDGER_CONFLICT` when the database has other content under the same id, or another erasure of
   *   the same customer
   */
  async insert(entries: readonly LedgerEntry[]): Promise<number> {
    const columns = [entries.map(({ id }) => id), entries.map(({ canonical }) => canonical)];
    const inserted = await this.insertMissing(columns);
    if (inserted === entries.length) return inserted;
    if ((await countSameEntries(this.transaction, entries)) !== entries.length)
      throw new DomainError('LEDGER_CONFLICT');
    return inserted;
  }

  private async insertMissing(columns: readonly string[][]): Promise<number> {
    try {
      return await this.transaction.execute(INSERT_MISSING_ENTRIES, columns);
    } catch (error) {
      if (violatedUnique(error) === null) throw error;
      throw new DomainError('LEDGER_CONFLICT', {}, error);
    }
  }
}
