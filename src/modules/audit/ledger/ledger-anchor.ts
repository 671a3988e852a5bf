import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import {
  EMPTY_ROOT,
  lastCheckpointOf,
  Ledger,
  LedgerFailure,
  openCheckpoint,
  rootOf,
  sizeOf,
} from '../../../libraries/transparency-log';
import { TreeReader } from '../tree/tree-reader';
import { DoubledLedger } from './doubled-ledger';
import { LogKeys } from './log-keys';

/**
 * Why database and ledger do not belong together. The product must not serve in that case.
 *
 * - `DATABASE_BEHIND_LEDGER`: the database was restored from a backup and again contains customers erased since
 * - `LEDGER_LOST`: the ledger is empty, or shorter than the database has recorded
 * - `LEDGER_FORGED`: its newest checkpoint is signed by none of the log's keys
 * - `AUDIT_LOG_FORKED`: database and ledger have different entries at the same sequences
 * - `LEDGER_DOUBLED`: lines of the ledger are repeated or torn; the database has all of their content
 */
export const LEDGER_FAULTS = [
  'DATABASE_BEHIND_LEDGER',
  'LEDGER_LOST',
  'LEDGER_FORGED',
  'AUDIT_LOG_FORKED',
  'LEDGER_DOUBLED',
] as const;
export type LedgerFault = (typeof LEDGER_FAULTS)[number];

/** The checkpoint of an empty ledger. */
const NOTHING = { size: 0, root: EMPTY_ROOT };

/** Compares the database with its ledger, which proves that no entry was lost (docs/architecture.md#audit-log). */
@Injectable()
export class LedgerAnchor {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly tree: TreeReader,
    private readonly ledger: Ledger,
    private readonly keys: LogKeys,
  ) {}

  /** Returns the fault, or null when database and ledger belong together. */
  async compare(): Promise<LedgerFault | null> {
    const fault = await this.findFault();
    if (fault === null || fault === 'LEDGER_FORGED') return fault;
    return (await this.doubled.agreedSize()) === null ? fault : 'LEDGER_DOUBLED';
  }

  /** Detects whether and how the ledger was doubled. */
  get doubled(): DoubledLedger {
    return new DoubledLedger(this.transaction, this.tree, this.ledger, this.keys);
  }

  /** Compares the checkpoints. The database may be ahead: its entries are exported once a sequencer leads. */
  private async findFault(): Promise<LedgerFault | null> {
    // read in reverse order of writing, so that entries written meanwhile only make later reads larger
    const recorded = await this.tree.checkpointSize();
    const note = await lastCheckpointOf(this.ledger);
    const size = await sizeOf(this.ledger);
    const checkpoint = note === null ? NOTHING : openCheckpoint(note, this.keys.verifiers);
    if (checkpoint === null) return 'LEDGER_FORGED';
    if ((await this.tree.size()) < Math.max(size, checkpoint.size)) return 'DATABASE_BEHIND_LEDGER';
    if (size < checkpoint.size || checkpoint.size < recorded) return 'LEDGER_LOST';
    if (!(await rootOf(checkpoint.size, this.tree.subtrees())).equals(checkpoint.root)) return 'AUDIT_LOG_FORKED';
    try {
      return (await this.matchesEntriesAfter(checkpoint.size)) ? null : 'AUDIT_LOG_FORKED';
    } catch (error) {
      // a file is missing
      if (error instanceof LedgerFailure && error.code === 'LEDGER_INCOMPLETE') return 'LEDGER_LOST';
      throw error;
    }
  }

  /** Whether the database has the entries that the ledger holds after its newest checkpoint. */
  private async matchesEntriesAfter(from: number): Promise<boolean> {
    let sequence = from;
    for await (const entry of this.ledger.entries(from)) {
      const [row] = await this.transaction.readAlone<{ canonical: string }>(
        'SELECT e.canonical FROM audit.position p JOIN audit.entry e ON e.id = p.entry_id WHERE p.sequence = $1',
        [++sequence],
      );
      if (row?.canonical !== entry) return false;
    }
    return true;
  }
}
