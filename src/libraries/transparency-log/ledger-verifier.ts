import type { Ledger } from './ledger';
import { LedgerFailure } from './ledger-failure';
import { type Leaf, type LogVerdict, LogVerifier } from './log-verifier';
import { leafHash } from './merkle-tree';
import type { NoteVerifier } from './note-verifier';

/**
 * Checks the files of a ledger. It needs neither network nor database.
 *
 * @param verifiers trusted keys; the caller MUST NOT take them from the ledger's own machine without comparing them
 * @param anchor a checkpoint that a witness kept outside the log
 * @param observe called for each entry, from the first
 */
export async function verifyLedger(
  ledger: Ledger,
  verifiers: readonly NoteVerifier[],
  anchor: string | null = null,
  observe: (entry: string) => void = () => undefined,
): Promise<LogVerdict> {
  // Only checkpoints that exist before the entries are read: a leader may append while this runs.
  const { count } = await newestCheckpoint(ledger);
  const checkpoints = ledger.checkpoints(count);
  const verdict = await LogVerifier.verify({ leaves: leavesOf(ledger, observe), checkpoints, anchor }, verifiers);
  const isThere = verdict.problem !== null || verdict.entries > 0 || verdict.checkpoint !== null;
  return isThere ? verdict : { ...verdict, problem: 'LEDGER_NOT_THERE' };
}

/** The entries of a ledger; null, as the last one, where a file ends before its last entry. */
export async function* ledgerEntries(ledger: Ledger): AsyncGenerator<string | null, undefined> {
  try {
    yield* ledger.entries();
  } catch (error) {
    if (!(error instanceof LedgerFailure && error.code === 'LEDGER_INCOMPLETE')) throw error;
    yield null;
  }
}

/** Number of checkpoints in a ledger, and the newest. */
export async function newestCheckpoint(ledger: Ledger): Promise<{ readonly count: number; readonly note: string }> {
  let [count, newest] = [0, ''];
  for await (const note of ledger.checkpoints()) [count, newest] = [count + 1, note];
  return { count, note: newest };
}

async function* leavesOf(ledger: Ledger, observe: (entry: string) => void): AsyncGenerator<Leaf | null> {
  for await (const entry of ledgerEntries(ledger)) {
    if (entry !== null) observe(entry);
    yield entry === null ? null : { hash: leafHash(entry) };
  }
}
