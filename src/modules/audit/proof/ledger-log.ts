import { DomainError } from '../../../kernel/domain-error';
import type { Ledger } from '../ledger/ledger';
import { type Leaf, type LogVerdict, LogVerifier } from './log-verifier';
import { leafHash } from './merkle-tree';
import type { NoteVerifier } from './note-verifier';

/** Checks the files of a ledger with nothing but keys that are trusted, and a checkpoint that was kept elsewhere. */
export async function verifyLedger(
  ledger: Ledger,
  verifiers: readonly NoteVerifier[],
  anchor: string | null = null,
): Promise<LogVerdict> {
  // Those that are there before the entries are read: what they cover is there, too, although somebody may go on writing.
  const { count } = await newestCheckpoint(ledger);
  const checkpoints = ledger.checkpoints(count);
  const verdict = await LogVerifier.verify({ leaves: leavesOf(ledger), checkpoints, anchor }, verifiers);
  const isThere = verdict.problem !== null || verdict.entries > 0 || verdict.checkpoint !== null;
  return isThere ? verdict : { ...verdict, problem: 'LEDGER_NOT_THERE' };
}

/** Its entries; null where a file ends before its last entry, and the last one then. */
export async function* ledgerEntries(ledger: Ledger): AsyncGenerator<string | null, undefined> {
  try {
    yield* ledger.entries();
  } catch (error) {
    if (!(error instanceof DomainError && error.code === 'LEDGER_INCOMPLETE')) throw error;
    yield null;
  }
}

/** How many checkpoints it has, and the newest. */
export async function newestCheckpoint(ledger: Ledger): Promise<{ readonly count: number; readonly note: string }> {
  let [count, newest] = [0, ''];
  for await (const note of ledger.checkpoints()) [count, newest] = [count + 1, note];
  return { count, note: newest };
}

async function* leavesOf(ledger: Ledger): AsyncGenerator<Leaf | null> {
  for await (const entry of ledgerEntries(ledger)) yield entry === null ? null : { hash: leafHash(entry) };
}
