import { Injectable } from '@nestjs/common';
import { DomainError } from '../../kernel/domain-error';
import { isTransient } from '../../platform/database/transient-failure';
import { ErasureConflicts, type OpenConflict, type SequencerSession } from '../audit';
import type { Ledger } from '../../libraries/transparency-log';
import { RestoredRuns } from '../runs';
import { ChunkReplay } from './chunk-replay';
import { type LedgerEntry, readEntry } from './ledger-entry';
import { addTallies, type HoldChange, NOTHING_REPLAYED, type ReplayTally } from './replay-tally';
import { RestoredLog } from './restored-log';

export interface ReplayReport extends Omit<ReplayTally, 'holds'> {
  /** entries of the ledger */
  readonly ledger: number;
  /** those of them behind its newest checkpoint */
  readonly unsigned: number;
  /** runs that were under way in the backup */
  readonly pausedRuns: number;
  /** customers who are under a legal hold again that was set after the backup */
  readonly holdsSet: readonly string[];
  /** all that are open, those of earlier replays included */
  readonly conflicts: readonly OpenConflict[];
}

/** Called after each chunk with the number of entries that are in their places. */
export type Progress = (placed: number, ledger: number) => void;

/** Entries per transaction: at most as many customers, usually a fifth of it. */
const CHUNK = 500;

/**
 * Takes a restored database to where its ledger is: the entries that it misses come back byte for byte, and every
 * erasure among them is carried out again.
 *
 * A chunk is one transaction, and its entries get their places in a second one: whoever is killed in between finds the
 * same chunk again and has nothing left to do in it. The database stays behind its ledger, and the product in
 * maintenance, until the last erasure is done.
 */
@Injectable()
export class ErasureReplay {
  constructor(
    private readonly log: RestoredLog,
    private readonly runs: RestoredRuns,
    private readonly chunks: ChunkReplay,
    private readonly conflicts: ErasureConflicts,
  ) {}

  /**
   * @throws DomainError as {@link RestoredLog.use}, `LEDGER_CONFLICT` when the database has other entries, and what is
   *   wrong with the server; what comes before it is done. A customer who cannot be erased again stops nobody: that one
   *   is a conflict.
   */
  async run(ledger: Ledger, progress: Progress): Promise<ReplayReport> {
    let report: ReplayReport | undefined;
    await this.log.use(ledger, async (session, stored, { size, unsigned }) => {
      let tally = NOTHING_REPLAYED;
      const pausedRuns = stored < size ? await this.runs.pauseRunning() : 0;
      let placed = stored;
      for await (const chunk of chunksOf(ledger.entries(stored))) {
        tally = addTallies(tally, await this.replay(session, chunk));
        progress((placed += chunk.length), size);
      }
      const { holds, ...counts } = tally;
      const conflicts = await this.conflicts.report();
      report = { ...counts, ledger: size, unsigned, pausedRuns, holdsSet: inForce(holds), conflicts };
    });
    return report!;
  }

  private async replay(session: SequencerSession, entries: readonly LedgerEntry[]): Promise<ReplayTally> {
    let tally: ReplayTally;
    await session.announce(entries);
    try {
      tally = await this.chunks.replay(entries);
    } catch (error) {
      return this.narrow(session, entries, error);
    }
    await session.placeInOrder(entries.map(({ id }) => id));
    return tally;
  }

  /** Halves the chunk until the entry that cannot be repeated stands alone and becomes a conflict. */
  private async narrow(
    session: SequencerSession,
    entries: readonly LedgerEntry[],
    error: unknown,
  ): Promise<ReplayTally> {
    if (isTransient(error) || isAboutTheLog(error)) throw error;
    if (entries.length === 1) {
      const [entry] = entries as [LedgerEntry];
      const tally = await this.chunks.replayFailed(entry, error);
      await session.placeInOrder([entry.id]);
      return tally;
    }
    const middle = Math.ceil(entries.length / 2);
    const first = await this.replay(session, entries.slice(0, middle));
    return addTallies(first, await this.replay(session, entries.slice(middle)));
  }
}

/** No customer's fault. */
const isAboutTheLog = (error: unknown): boolean =>
  error instanceof DomainError && (error.code.startsWith('LEDGER_') || error.code.startsWith('AUDIT_'));

async function* chunksOf(entries: AsyncIterable<string>): AsyncGenerator<LedgerEntry[]> {
  let chunk: LedgerEntry[] = [];
  for await (const entry of entries) {
    chunk.push(readEntry(entry));
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

function inForce(changes: readonly HoldChange[]): string[] {
  const last = new Map(changes.map(({ customerId, isInForce }) => [customerId, isInForce]));
  return [...last].filter(([, isInForce]) => isInForce).map(([customerId]) => customerId);
}
