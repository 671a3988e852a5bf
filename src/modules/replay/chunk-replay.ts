import { Injectable } from '@nestjs/common';
import { DomainError } from '../../kernel/domain-error';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { isTransient, retryTransient } from '../../platform/database/transient-failure';
import type { SequencerSession } from '../audit';
import { FailedReplays } from './conflicts/failed-replays';
import type { LedgerEntry } from './ledger/ledger-entry';
import { RepeatedActions } from './repetition/repeated-actions';
import { addTallies, type ReplayTally } from './repetition/replay-tally';
import { RestoredEntries } from './restored/restored-entries';

/**
 * Replays a chunk of ledger entries. One transaction restores the entries and repeats their actions, and a second one
 * sequences the entries. Idempotent.
 */
@Injectable()
export class ChunkReplay {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly entries: RestoredEntries,
    private readonly actions: RepeatedActions,
    private readonly failures: FailedReplays,
  ) {}

  async replay(session: SequencerSession, entries: readonly LedgerEntry[]): Promise<ReplayTally> {
    let tally: ReplayTally;
    await session.announce(entries);
    try {
      tally = await this.restoreAndRepeat(entries);
    } catch (error) {
      return this.narrow(session, entries, error);
    }
    await session.sequenceInOrder(entries.map(({ id }) => id));
    return tally;
  }

  private restoreAndRepeat(entries: readonly LedgerEntry[]): Promise<ReplayTally> {
    return retryTransient(() =>
      this.transaction.run(async () => {
        const missing = await this.entries.insert(entries);
        const tally = await this.actions.repeat(entries);
        return { ...tally, entries: missing };
      }),
    );
  }

  /** Bisects the chunk until the failing entry is isolated and becomes a conflict. */
  private async narrow(
    session: SequencerSession,
    entries: readonly LedgerEntry[],
    error: unknown,
  ): Promise<ReplayTally> {
    if (isTransient(error) || isAboutTheLog(error)) throw error;
    if (entries.length === 1) {
      const [entry] = entries as [LedgerEntry];
      const tally = await this.failures.replay(entry, error);
      await session.sequenceInOrder([entry.id]);
      return tally;
    }
    const middle = Math.ceil(entries.length / 2);
    const first = await this.replay(session, entries.slice(0, middle));
    return addTallies(first, await this.replay(session, entries.slice(middle)));
  }
}

/** Whether an error concerns the log and not a customer. */
const isAboutTheLog = (error: unknown): boolean =>
  error instanceof DomainError && (error.code.startsWith('LEDGER_') || error.code.startsWith('AUDIT_'));
