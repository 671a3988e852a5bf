import { claimedSize, type Ledger, ledgerEntries, newestCheckpoint } from '../../../libraries/transparency-log';

/** The ledger, read in step with the entries of the database. It may grow meanwhile. */
export class LedgerCopy {
  private readonly entries: AsyncGenerator<string | null, undefined>;
  private compared = 0;

  private constructor(
    private readonly ledger: Ledger,
    private readonly notes: number,
    /** entries under its newest checkpoint; 0 when there is none */
    readonly size: number,
  ) {
    this.entries = ledgerEntries(ledger);
  }

  static async open(ledger: Ledger): Promise<LedgerCopy> {
    const { count, note } = await newestCheckpoint(ledger);
    return new LedgerCopy(ledger, count, claimedSize(note) || 0);
  }

  /** Whether its next entry is this one. After the newest checkpoint an entry may still be missing. */
  async hasNext(canonical: string): Promise<boolean> {
    const { value } = await this.entries.next();
    this.compared++;
    return value === undefined ? this.compared > this.size : value === canonical;
  }

  /** Its own checkpoints and those of the database in the order of their sizes, each once. */
  async *checkpointsWith(recorded: AsyncGenerator<string, undefined>): AsyncGenerator<string, undefined> {
    let other = (await recorded.next()).value;
    for await (const note of this.ledger.checkpoints(this.notes)) {
      for (; other !== undefined && !(claimedSize(other) > claimedSize(note)); other = (await recorded.next()).value)
        if (other !== note) yield other;
      yield note;
    }
    for (; other !== undefined; other = (await recorded.next()).value) yield other;
  }

  async close(): Promise<void> {
    await this.entries.return(undefined);
  }
}
