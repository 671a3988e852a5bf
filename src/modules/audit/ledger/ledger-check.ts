import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/domain-error';
import {
  type Checkpoint,
  GrowingTree,
  leafHash,
  type Ledger,
  type NoteVerifier,
  openCheckpoint,
  rootOf,
} from '../../../libraries/transparency-log';
import { TreeReader } from '../tree/tree-reader';
import { LogKeys } from './log-keys';

/** The tree of the database: number of entries and root. */
export interface StoredTree {
  readonly size: number;
  readonly root: Buffer;
}

export interface CheckedLedger {
  readonly size: number;
  /** entries after the newest checkpoint: the crash that required the restore may have come before the signature */
  readonly unsigned: number;
}

/** Reads a ledger from end to end before it is used. */
@Injectable()
export class LedgerCheck {
  constructor(
    private readonly keys: LogKeys,
    private readonly tree: TreeReader,
  ) {}

  /**
   * Verifies that every checkpoint is signed and has the root of the entries before it, and that the ledger begins with
   * the database's log.
   *
   * @throws DomainError `LEDGER_EMPTY`, `LEDGER_FORGED`, `LEDGER_INCOMPLETE`, `AUDIT_LOG_FORKED`
   */
  async check(ledger: Ledger, stored: StoredTree): Promise<CheckedLedger> {
    const checkpoints = this.checkpoints(ledger);
    const tree = new GrowingTree();
    let next = await following(checkpoints);
    if (next === null) throw new DomainError('LEDGER_EMPTY');
    let signed = 0;
    const compare = async (): Promise<void> => {
      for (; next?.size === tree.size; next = await following(checkpoints)) {
        if (!next.root.equals(tree.root)) throw new DomainError('LEDGER_FORGED', { size: next.size });
        signed = next.size;
      }
      if (stored.size === tree.size && !stored.root.equals(tree.root)) throw new DomainError('AUDIT_LOG_FORKED');
    };
    await compare();
    for await (const entry of ledger.entries()) {
      tree.append(leafHash(entry));
      if (tree.size === next?.size || tree.size === stored.size) await compare();
    }
    if (next !== null) throw new DomainError('LEDGER_INCOMPLETE', { entry: tree.size });
    if (tree.size < stored.size && !(await rootOf(tree.size, this.tree.subtrees())).equals(tree.root))
      throw new DomainError('AUDIT_LOG_FORKED');
    return { size: tree.size, unsigned: tree.size - signed };
  }

  /** Checkpoints in ascending order of size, each signed by a key of this log. */
  private async *checkpoints(ledger: Ledger): AsyncGenerator<Checkpoint> {
    const verifiers: readonly NoteVerifier[] = this.keys.verifiers;
    let size = 0;
    for await (const note of ledger.checkpoints()) {
      const checkpoint = openCheckpoint(note, verifiers);
      if (checkpoint === null || checkpoint.origin !== this.keys.origin || checkpoint.size < size)
        throw new DomainError('LEDGER_FORGED', { size });
      size = checkpoint.size;
      yield checkpoint;
    }
  }
}

async function following(checkpoints: AsyncGenerator<Checkpoint>): Promise<Checkpoint | null> {
  const next = await checkpoints.next();
  return next.done === true ? null : next.value;
}
