import { signCheckpoint } from './note-signer';
import type { Batch, SequencerSession } from '../sequencer/sequencer-session';
import type { Ledger } from './ledger';
import { LedgerWriter } from './ledger-writer';
import type { LogKeys } from './log-keys';

/** Writes what has a position to the ledger, and signs how far it has come: the ledger is never behind a recorded checkpoint, and never ahead of the database. */
export class CheckpointExport {
  private constructor(
    private readonly session: SequencerSession,
    private readonly writer: LedgerWriter,
    private readonly keys: LogKeys,
    private recorded: number,
  ) {}

  /** For the session that leads, once database and ledger agree. */
  static async begin(session: SequencerSession, ledger: Ledger, keys: LogKeys): Promise<CheckpointExport> {
    return new CheckpointExport(session, await LedgerWriter.open(ledger), keys, await session.checkpointSize());
  }

  /** @param batch what the session has placed just now, so that it need not be read again */
  async bringUpToDate(batch: Batch): Promise<void> {
    const { size, root } = await this.session.head();
    if (batch.before === this.writer.size) await this.writer.append(batch.entries);
    while (this.writer.size < size) await this.writer.append(await this.session.entriesBehind(this.writer.size));
    if (size === this.recorded) return;
    const note = signCheckpoint({ origin: this.keys.origin, size, root }, this.keys.signers);
    await this.writer.appendCheckpoint(note);
    await this.session.recordCheckpoint(size, note);
    this.recorded = size;
  }

  async close(): Promise<void> {
    await this.writer.close();
  }
}
