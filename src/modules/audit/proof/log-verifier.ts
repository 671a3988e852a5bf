import { GrowingTree } from './merkle-tree';
import { type Checkpoint, type NoteVerifier, openCheckpoint } from './note-verifier';

/** All that is there is sound, but it is not all. */
const INCOMPLETE = ['ENTRIES_NOT_THERE', 'CHECKPOINT_NOT_THERE', 'LEDGER_NOT_THERE'] as const;

/**
 * What can be wrong with a log.
 *
 * - `ENTRY_MISSING`: an entry is not there although entries behind it are, or although the database itself counts it
 * - `ENTRY_UNPLACED`: an entry that neither has a place nor waits for one
 * - `LEAF_HASH_DIFFERS`, `TILE_DIFFERS`: the stored tree is not that of the entries, here or above
 * - `LEDGER_DIFFERS`: the ledger has another entry at this place
 * - `ROOT_DIFFERS`: the entries are not those that were signed
 * - `CHECKPOINT_REFUSED`: signed by no known key, of another log, or unreadable
 * - `CHECKPOINTS_CONTRADICT`: one is older than the one before, or of the same size with another root
 * - `ANCHOR_REFUSED`, `ANCHOR_CONTRADICTED`: what was kept elsewhere is no checkpoint of this log, or one of another history
 */
export const LOG_PROBLEMS = [
  'ENTRY_MISSING',
  'ENTRY_UNPLACED',
  'LEAF_HASH_DIFFERS',
  'TILE_DIFFERS',
  'LEDGER_DIFFERS',
  'ROOT_DIFFERS',
  'CHECKPOINT_REFUSED',
  'CHECKPOINTS_CONTRADICT',
  'ANCHOR_REFUSED',
  'ANCHOR_CONTRADICTED',
  ...INCOMPLETE,
] as const;
export type LogProblem = (typeof LOG_PROBLEMS)[number];

export const isIncomplete = (problem: LogProblem): boolean => INCOMPLETE.some((code) => code === problem);

/** Where a log stops being what was signed: the entry itself, or the range in which it lies; `to` is null when nobody knows. */
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

/** An entry of the log in its order, from sequence 1 on. */
export interface Leaf {
  readonly hash: Buffer;
  /** another copy of the entry or of its hash says something else, which the next checkpoint decides */
  readonly doubt?: LogProblem | null;
}

export interface Log {
  /** null: the entry of this place is missing */
  readonly leaves: AsyncIterable<Leaf | null>;
  /** signed notes, oldest first */
  readonly checkpoints: AsyncIterable<string, undefined>;
  /** a checkpoint that was kept elsewhere; null when none was */
  readonly anchor: string | null;
}

/** Checks the entries against every checkpoint, in one pass and in memory that does not grow with the log. */
export class LogVerifier {
  private readonly tree = new GrowingTree();
  private readonly notes: AsyncIterator<string, undefined>;
  private readonly anchor: Checkpoint | null;
  private sound: Checkpoint | null = null;
  private doubt: { readonly problem: LogProblem; readonly sequence: number } | null = null;
  /** the checkpoint that comes next; why there cannot be one; null behind the last */
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

  /** Compares the tree with the anchor and every checkpoint of its size. */
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

  /** A doubt is more exact than a checkpoint, which speaks of all entries since the one before. */
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
