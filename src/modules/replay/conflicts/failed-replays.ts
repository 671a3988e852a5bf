import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/domain-error';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { databaseCodeOf, isTransient, retryTransient } from '../../../platform/database/transient-failure';
import { ErasureConflicts, type FoundConflict } from '../../audit';
import { erasureIn, type LedgerEntry, mergeIn, type RecordedErasure } from '../ledger/ledger-entry';
import { RepeatedErasures } from '../repetition/repeated-erasures';
import { addTallies, NOTHING_REPLAYED, type ReplayTally } from '../repetition/replay-tally';
import { RestoredEntries } from '../restored/restored-entries';

/** SQLSTATE classes that concern the server or the schema, not one customer. */
const OF_THE_SERVER = /^(08|25|28|3D|3F|42|53|54|57|58|F0|XX)/;

/**
 * Records a conflict for an entry that cannot be repeated, so that the replay can continue with later customers. An
 * entry that concerns several customers gets one transaction per customer.
 */
@Injectable()
export class FailedReplays {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly entries: RestoredEntries,
    private readonly erasures: RepeatedErasures,
    private readonly conflicts: ErasureConflicts,
  ) {}

  /** @throws errors that are not caused by one customer; then nothing is changed */
  async replay(entry: LedgerEntry, error: unknown): Promise<ReplayTally> {
    const failureCode = failureCodeOf(error);
    const [erasure, merge] = [erasureIn(entry), mergeIn(entry)];
    if (failureCode === null || (erasure === null && merge === null)) throw error;
    const failed: FoundConflict[] = [];
    const tally = erasure === null ? NOTHING_REPLAYED : await this.eraseEach(erasure, failed);
    if (merge !== null)
      failed.push({
        entryId: entry.id,
        customerId: merge.source.id,
        code: 'MERGE_FAILED',
        otherCustomerId: merge.target.id,
        failureCode,
      });
    return this.transaction.run(async () => {
      const missing = await this.entries.insert([entry]);
      await this.conflicts.add(failed);
      return { ...tally, entries: missing };
    });
  }

  private async eraseEach(erasure: RecordedErasure, failed: FoundConflict[]): Promise<ReplayTally> {
    let tally = NOTHING_REPLAYED;
    for (const { id } of this.erasures.customersOf(erasure))
      try {
        const done = await retryTransient(() => this.transaction.run(() => this.erasures.repeat([erasure], id)));
        tally = addTallies(tally, done);
      } catch (error) {
        const failureCode = failureCodeOf(error);
        if (failureCode === null) throw error;
        failed.push({
          entryId: erasure.entryId,
          customerId: id,
          code: 'ERASURE_FAILED',
          otherCustomerId: null,
          failureCode,
        });
      }
    return tally;
  }
}

/** The code of a failure that concerns one customer; null for a failure that would affect the next customer, too. */
export function failureCodeOf(error: unknown): string | null {
  if (isTransient(error)) return null;
  if (error instanceof DomainError) return /^(LEDGER|AUDIT)_/.test(error.code) ? null : error.code;
  const sqlState = databaseCodeOf(error);
  if (sqlState === null) return 'UNEXPECTED_ERROR';
  return OF_THE_SERVER.test(sqlState) ? null : sqlState;
}
