import { Injectable } from '@nestjs/common';
import type { Ledger } from '../../libraries/transparency-log';
import { inBatches } from '../../platform/batches';
import { ErasureConflicts, type OpenConflict } from '../audit';
import { RestoredRuns } from '../runs';
import { ChunkReplay } from './chunk-replay';
import { readEntry } from './ledger/ledger-entry';
import { addTallies, type HoldChange, NOTHING_REPLAYED, type ReplayTally } from './repetition/replay-tally';
import { RestoredLog } from './restored/restored-log';

export interface ReplayReport extends Omit<ReplayTally, 'holds'> {
  /** entries in the ledger */
  readonly ledger: number;
  /** entries after its newest checkpoint */
  readonly unsigned: number;
  /** runs that were in progress in the backup */
  readonly pausedRuns: number;
  /** customers whose legal hold was set after the backup and is now set again */
  readonly holdsSet: readonly string[];
  /** all open conflicts, including those of earlier replays */
  readonly conflicts: readonly OpenConflict[];
}

/** Called after each chunk with the number of sequenced entries. */
export type Progress = (restored: number, ledger: number) => void;

/** Entries per transaction. A chunk concerns at most as many customers, usually a fifth of it. */
const ENTRIES_PER_CHUNK = 500;

/**
 * Brings a restored database up to the state of its ledger. It restores missing entries byte for byte and repeats every
 * erasure among them.
 *
 * After a kill between the two transactions of a chunk, the replay reads the same chunk again and changes nothing. The
 * database lags behind its ledger, and the product stays in maintenance, until the last erasure is done.
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
   * @throws DomainError as {@link RestoredLog.use}, `LEDGER_CONFLICT` when the database has other entries, and server
   *   errors; earlier chunks are kept. A customer who cannot be erased again does not stop the replay but becomes a
   *   conflict.
   */
  async replayLedger(ledger: Ledger, progress: Progress): Promise<ReplayReport> {
    let report: ReplayReport | undefined;
    await this.log.use(ledger, async (session, stored, { size, unsigned }) => {
      let tally = NOTHING_REPLAYED;
      const pausedRuns = stored < size ? await this.runs.pauseRunning() : 0;
      let restored = stored;
      for await (const chunk of inBatches(ledger.entries(stored), ENTRIES_PER_CHUNK)) {
        tally = addTallies(tally, await this.chunks.replay(session, chunk.map(readEntry)));
        progress((restored += chunk.length), size);
      }
      const { holds, ...counts } = tally;
      const conflicts = await this.conflicts.report();
      report = { ...counts, ledger: size, unsigned, pausedRuns, holdsSet: inForce(holds), conflicts };
    });
    return report!;
  }
}

function inForce(changes: readonly HoldChange[]): string[] {
  const last = new Map(changes.map(({ customerId, isInForce }) => [customerId, isInForce]));
  return [...last].filter(([, isInForce]) => isInForce).map(([customerId]) => customerId);
}
