import type { TransactionRunner } from '../../../platform/database/transaction-runner';
import {
  type Checkpoint,
  claimedSize,
  type Ledger,
  linesOf,
  openCheckpoint,
  rootOf,
} from '../../../libraries/transparency-log';
import { inBatches } from '../../../platform/batches';
import { NIL_UUID } from '../../../platform/ids';
import { SELECT_SEQUENCES } from '../queries/ledger-lines.queries';
import type { TreeReader } from '../tree/tree-reader';
import type { LogKeys } from './log-keys';

const LINES_PER_PAGE = 1_000;

const ENTRY_ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/**
 * Distinguishes a ledger that two leaders wrote at once from one that was tampered with. Earlier versions shared their
 * files: a leader that had been suspended repeated lines, tore them, or added an older checkpoint after a newer one.
 * Such a ledger contains nothing that the database lacks.
 */
export class DoubledLedger {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly tree: TreeReader,
    private readonly ledger: Ledger,
    private readonly keys: LogKeys,
  ) {}

  /**
   * Number of entries before the first misplaced line; null when no line is misplaced, or when the ledger holds
   * anything that the database lacks.
   */
  async agreedSize(): Promise<number | null> {
    const size = await this.tree.size();
    const [newest, firstStale] = await this.checkpointOrder();
    if (newest > size || newest < (await this.tree.checkpointSize())) return null;
    const entries = await this.entriesInOrder();
    if (entries === null || (entries.isWhole && firstStale === Infinity)) return null;
    const agreed = Math.min(entries.inOrder, firstStale - 1);
    return (await this.isSigned(agreed)) ? agreed : null;
  }

  /** The largest size of a checkpoint, and the smallest of those that follow a larger one. */
  private async checkpointOrder(): Promise<[newest: number, firstStale: number]> {
    let [newest, firstStale] = [0, Infinity];
    for await (const note of this.ledger.checkpoints()) {
      const size = claimedSize(note);
      if (size < newest) firstStale = Math.min(firstStale, size);
      newest = Math.max(newest, size);
    }
    return [newest, firstStale];
  }

  /**
   * Null when a line is an entry that the database lacks, or when entries are missing although no line is torn:
   * concurrent writers never omit entries.
   */
  private async entriesInOrder(): Promise<{ readonly inOrder: number; readonly isWhole: boolean } | null> {
    let [inOrder, lines, highest, isTorn] = [0, 0, 0, false];
    for await (const page of inBatches(this.lines(), LINES_PER_PAGE)) {
      const entries = page.map((line) => ({ line, id: idOf(line) }));
      const known = entries.filter(({ id }) => id !== null);
      const rows = await this.transaction.readAlone<{ sequence: number | null }>(SELECT_SEQUENCES, [
        known.map(({ id }) => id),
        known.map(({ line }) => line),
      ]);
      if (rows.some(({ sequence }) => sequence === null)) return null;
      for (const { id } of entries) {
        const sequence = id === null ? null : rows.shift()!.sequence;
        lines++;
        isTorn ||= sequence === null;
        if (sequence !== null && sequence > highest + 1 && !isTorn) return null;
        highest = Math.max(highest, sequence ?? 0);
        if (sequence === lines && inOrder === lines - 1) inOrder = lines;
      }
    }
    return { inOrder, isWhole: inOrder === lines };
  }

  private async *lines(): AsyncGenerator<string> {
    for (const { path, first, end } of await this.ledger.entrySegments()) {
      let left = end - first;
      for await (const line of linesOf(path)) if (left-- > 0) yield line;
    }
  }

  /** Whether every checkpoint over `agreed` entries or more belongs to the database's log. */
  private async isSigned(agreed: number): Promise<boolean> {
    const subtrees = this.tree.subtrees();
    for await (const note of this.ledger.checkpoints()) {
      if (claimedSize(note) < agreed) continue;
      const checkpoint: Checkpoint | null = openCheckpoint(note, this.keys.verifiers);
      if (checkpoint === null || checkpoint.origin !== this.keys.origin) return false;
      if (!(await rootOf(checkpoint.size, subtrees)).equals(checkpoint.root)) return false;
    }
    return true;
  }
}

/** The id of the entry in a line; null for a torn line. */
function idOf(line: string): string | null {
  try {
    const { id } = JSON.parse(line) as { readonly id?: unknown };
    return typeof id === 'string' && ENTRY_ID.test(id) ? id : NIL_UUID;
  } catch {
    return null;
  }
}
