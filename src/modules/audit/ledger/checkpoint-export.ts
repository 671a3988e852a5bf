import {
  claimedSize,
  lastCheckpointOf,
  type Ledger,
  LedgerWriter,
  signCheckpoint,
} from '../../../libraries/transparency-log';
import type { Batch, SequencerSession } from '../sequencer/sequencer-session';
import type { LogKeys } from './log-keys';

/**
 * Writes sequenced entries to the ledger and signs a checkpoint of them. The ledger never lags behind a recorded
 * checkpoint, and is never ahead of the database.
 */
export class CheckpointExport {
  private constructor(
    private readonly session: SequencerSession,
    private readonly writer: LedgerWriter,
    private readonly keys: LogKeys,
    /** entries under the newest checkpoint that ledger and database both have */
    private signed: number,
  ) {}

  /**
   * Begins a new epoch of the ledger for the leading session, once database and ledger agree.
   *
   * @param size number of entries of the ledger that count; all of them by default
   * @throws LedgerFailure `LEDGER_TAKEN_OVER`
   */
  static async begin(
    session: SequencerSession,
    ledger: Ledger,
    keys: LogKeys,
    size?: number,
  ): Promise<CheckpointExport> {
    const known = (await ledger.segments()).at(-1)!.epoch;
    const writer = await LedgerWriter.begin(ledger, await session.takeEpoch(known), size);
    try {
      const inLedger = claimedSize((await lastCheckpointOf(ledger)) ?? '') || 0;
      return new CheckpointExport(session, writer, keys, Math.min(inLedger, await session.checkpointSize()));
    } catch (error) {
      await writer.close();
      throw error;
    }
  }

  /** @param batch entries that the session has just sequenced, so that they need not be read again */
  async bringUpToDate(batch: Batch): Promise<void> {
    const { size, root } = await this.session.head();
    if (batch.before === this.writer.size) await this.writer.append(batch.entries);
    while (this.writer.size < size) await this.writer.append(await this.session.entriesBehind(this.writer.size));
    if (size === this.signed) return;
    const note = signCheckpoint({ origin: this.keys.origin, size, root }, this.keys.signers);
    await this.writer.publish(note);
    await this.session.recordCheckpoint(size, note);
    this.signed = size;
  }

  /** Sequences and exports the next batch. Returns its number of entries. */
  async exportBatch(): Promise<number> {
    const batch = await this.session.sequenceBatch();
    await this.bringUpToDate(batch);
    return batch.entries.length;
  }

  /** Sequences and exports until no entry is pending. */
  async exportAll(): Promise<void> {
    while ((await this.exportBatch()) > 0);
  }

  async close(): Promise<void> {
    await this.writer.close();
  }
}
