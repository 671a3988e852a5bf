import { GrowingTree } from './merkle-tree';
import { type Checkpoint, type NoteVerifier, openCheckpoint } from './note-verifier';

/** Problems of a log that is sound as far as it goes, but incomplete. */
const INCOMPLETE = ['ENTRIES_NOT_THERE', 'CHECKPOINT_NOT_THERE', 'LEDGER_NOT_THERE'] as const;

/**
 * Problems of a log.
 *
 * - `ENTRY_MISSING`: an entry is missing although later ones exist or the storage counts it
 * - `ENTRY_UNPLACED`: an entry has no sequence and does not wait for one
 * - `COLUMNS_DIFFER`: an entry is stored with other searchable columns than its text has
 * - `LEAF_HASH_DIFFERS`, `TILE_DIFFERS`: the stored tree differs from the entries, in its leaves or above them
 * - `LEDGER_DIFFERS`: the ledger has another entry at this sequence
 * - `ROOT_DIFFERS`: the entries are not those that were signed
 * - `CHECKPOINT_REFUSED`: signed by no trusted key, of another log, or unreadable
 * - `CHECKPOINTS_CONTRADICT`: a checkpoint is smaller than its predecessor, or has the same size and another root
 * - `ANCHOR_REFUSED`, `ANCHOR_CONTRADICTED`: the witnessed checkpoint is not of this log, or of another history
 * - `REFERENCE_MISSING`: an entry refers to another one that the log lacks; found by the log's own reader
 * - `ENTRIES_NOT_THERE`, `CHECKPOINT_NOT_THERE`, `LEDGER_NOT_THERE`: the log is incomplete, without evidence of a
 *   change
 */
export const LOG_PROBLEMS = [
  'ENTRY_MISSING',
  'ENTRY_UNPLACED',
  'LEAF_HASH_DIFFERS',
  'COLUMNS_DIFFER',
  'TILE_DIFFERS',
  'LEDGER_DIFFERS',
  'ROOT_DIFFERS',
  'CHECKPOINT_REFUSED',
  'CHECKPOINTS_CONTRADICT',
  'ANCHOR_REFUSED',
  'ANCHOR_CONTRADICTED',
  'REFERENCE_MISSING',
  ...INCOMPLETE,
] as const;
export type LogProblem = (typeof LOG_PROBLEMS)[number];

export const isIncomplete = (problem: LogProblem): boolean => INCOMPLETE.some((code) => code === problem);

/** The range of sequences with the first broken entry; `to` is null when it is unknown. */
export interface BrokenRange {
  readonly from: number;
  readonly to: number | null;
}

export interface LogVerdict {
  readonly problem: LogProblem | null;
  /** verified entries */
  readonly entries: number;
  readonly firstBroken: BrokenRange | null;
  /** the newest checkpoint that matches the entries */
  readonly checkpoint: Checkpoint | null;
}

/** An entry of the log; the first has sequence 1. */
export interface Leaf {
  readonly hash: Buffer;
  /** another copy of the entry or of its hash differs; the next checkpoint decides which is right */
  readonly doubt?: LogProblem | null;
}

export interface Log {
  /** in the order of their sequences; null for an entry that is missing */
  readonly leaves: AsyncIterable<Leaf | null>;
  /** signed notes, oldest first */
  readonly checkpoints: AsyncIterable<string, undefined>;
  /** a checkpoint that a witness kept outside the log; null without one */
  readonly anchor: string | null;
}

/**
 * Checks the entries against every checkpoint in one pass. Memory does not grow with the log.
 *
 * The caller MUST pass keys that it trusts independently of the log. Without an anchor, a log that the owner of its
 * keys has replaced as a whole passes the verification.
 */
export class LogVerifier {
  private readonly tree = new GrowingTree();
  private readonly notes: AsyncIterator<string, undefined>;
  private readonly anchor: Checkpoint | null;
  private sound: Checkpoint | null = null;
  private doubt: { readonly problem: LogProblem; readonly sequence: number } | null = null;
  /** the next checkpoint; the reason why it is refused; null after the last */
  private awaited: Checkpoint | LogProblem | null = null;

  private constructor(
    private readonly log: Log,
    private readonly verifiers: readonly NoteVerifier[],
  ) {
    this.notes = log.checkpoints[Symbol.asyncIterator]();
    this.anchor = log.anchor === null ? null : openCheckpoint(log.anchor, verifiers);
  }

  static async verify(log: Log, verifiers: readonly NoteVerifier[]): Promise<LogVerdict> {
    const verifier = new LogVerifier(log, verifiers);
    try {
      return await verifier.verdict();
    } finally {
      await verifier.notes.return?.();
    }
  }

  private async verdict(): Promise<LogVerdict> {
    if (this.log.anchor !== null && this.anchor === null) return this.found('ANCHOR_REFUSED', this.unvouched());
    this.awaited = await this.nextCheckpoint();
    let broken = await this.settle();
    if (broken !== null) return broken;
    for await (const leaf of this.log.leaves) {
      if (leaf === null) return this.found('ENTRY_MISSING', exactly(this.tree.size + 1));
      this.tree.append(leaf.hash);
      if (leaf.doubt) this.doubt ??= { problem: leaf.doubt, sequence: this.tree.size };
      if (this.isDue(this.awaited) || this.isDue(this.anchor)) broken = await this.settle();
      if (broken !== null) return broken;
    }
    if (this.awaited !== null || (this.anchor?.size ?? 0) > this.tree.size)
      return this.found('ENTRIES_NOT_THERE', this.unvouched());
    return this.found(this.sound === null && this.tree.size > 0 ? 'CHECKPOINT_NOT_THERE' : null);
  }

  /** Compares the tree with the anchor and with every checkpoint of its size. */
  private async settle(): Promise<LogVerdict | null> {
    const { tree, anchor } = this;
    if (anchor !== null && this.isDue(anchor)) {
      if (!anchor.root.equals(tree.root)) return this.broken('ANCHOR_CONTRADICTED', { from: 1, to: anchor.size });
      this.sound = anchor;
    }
    for (; this.awaited !== null; this.awaited = await this.nextCheckpoint()) {
      if (typeof this.awaited === 'string') return this.found(this.awaited, this.unvouched());
      if (!this.isDue(this.awaited)) break;
      if (!this.awaited.root.equals(tree.root))
        return this.isDue(this.sound)
          ? this.found('CHECKPOINTS_CONTRADICT', this.unvouched())
          : this.found('ROOT_DIFFERS', this.unvouched(tree.size));
      this.sound = this.awaited;
    }
    return this.doubt !== null && this.isDue(this.sound) ? this.found(null) : null;
  }

  private async nextCheckpoint(): Promise<Checkpoint | LogProblem | null> {
    const { value, done } = await this.notes.next();
    if (done === true) return null;
    const checkpoint = openCheckpoint(value, this.verifiers);
    const { origin } = this.sound ?? this.anchor ?? checkpoint ?? { origin: null };
    if (checkpoint === null || checkpoint.origin !== origin) return 'CHECKPOINT_REFUSED';
    return checkpoint.size < this.tree.size ? 'CHECKPOINTS_CONTRADICT' : checkpoint;
  }

  private isDue(checkpoint: Checkpoint | LogProblem | null): boolean {
    return typeof checkpoint === 'object' && checkpoint?.size === this.tree.size;
  }

  /** A doubt names one entry; a checkpoint names all entries since the previous checkpoint. */
  private found(problem: LogProblem | null, firstBroken: BrokenRange | null = null): LogVerdict {
    if (this.doubt === null) return this.broken(problem, firstBroken);
    return this.broken(this.doubt.problem, exactly(this.doubt.sequence));
  }

  private broken(problem: LogProblem | null, firstBroken: BrokenRange | null): LogVerdict {
    return { problem, entries: this.tree.size, firstBroken, checkpoint: this.sound };
  }

  private unvouched(to: number | null = null): BrokenRange {
    return { from: (this.sound?.size ?? 0) + 1, to };
  }
}

const exactly = (sequence: number): BrokenRange => ({ from: sequence, to: sequence });
