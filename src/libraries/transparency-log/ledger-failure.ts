/**
 * - `LEDGER_INCOMPLETE`: a file ends before the next one begins; `entry` is the sequence of the last existing entry
 * - `LEDGER_TAKEN_OVER`: another writer has this epoch or a later one; `epoch` is that of the writer that failed
 */
export type LedgerFailureCode = 'LEDGER_INCOMPLETE' | 'LEDGER_TAKEN_OVER';

/** The ledger cannot be read or written any further. The message is the code. */
export class LedgerFailure extends Error {
  override readonly name = 'LedgerFailure';

  constructor(
    readonly code: LedgerFailureCode,
    readonly details: Readonly<Record<string, number>>,
  ) {
    super(code);
  }
}
