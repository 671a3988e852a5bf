import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { retryTransient } from '../../platform/database/transient-failure';
import { FailedReplays } from './failed-replays';
import type { LedgerEntry } from './ledger-entry';
import { RepeatedActions } from './repeated-actions';
import type { ReplayTally } from './replay-tally';
import { RestoredEntries } from './restored-entries';

/** Restores ledger entries and repeats their actions, atomically. Idempotent. */
@Injectable()
export class ChunkReplay {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly entries: RestoredEntries,
    private readonly actions: RepeatedActions,
    private readonly failures: FailedReplays,
  ) {}

  replay(entries: readonly LedgerEntry[]): Promise<ReplayTally> {
    return retryTransient(() =>
      this.transaction.run(async () => {
        const missing = await this.entries.insert(entries);
        const tally = await this.actions.repeat(entries);
        return { ...tally, entries: missing };
      }),
    );
  }

  /** Restores one entry that cannot be repeated, and records a conflict. */
  replayFailed(entry: LedgerEntry, error: unknown): Promise<ReplayTally> {
    return this.failures.replay(entry, error);
  }
}
