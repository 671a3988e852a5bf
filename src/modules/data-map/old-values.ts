import { type Identifier, Redactor, type TextReader } from '../../libraries/redaction';
import { type NumberCheck, numberCheckOf } from './number-check';
import { BETWEEN_TEXTS, type ResidueKind } from './proof-statements';
import { redactorOf } from './redactors';

/** The residue of one customer, with all texts of a kind joined. */
export interface RemainingTexts {
  readonly redacted: string | null;
  readonly numbers: string | null;
  readonly others: string | null;
}

/**
 * The values that identified one customer before the anonymization. The proof searches for them in the residue:
 * - in redacted texts, everything that redaction removes, with the same redactor;
 * - in record numbers that may change, what {@link NumberCheck} finds;
 * - in other texts, only unmistakable values. A value that could be a list code or a common word would not have been
 *   removed there by any step.
 */
export class OldValues {
  private readonly redactor: Redactor;
  /** created for the few texts in which redaction finds a value, since compiling it is expensive */
  private unmistakable: Redactor | undefined;
  private readonly inNumbers: NumberCheck;

  /** @param read caches the texts of a batch, because many records contain the same text */
  constructor(
    private readonly identifiers: readonly Identifier[],
    private readonly read: TextReader,
  ) {
    this.redactor = redactorOf(identifiers);
    this.inNumbers = numberCheckOf(identifiers);
  }

  /** A pre-check, which has false positives but no false negatives. */
  mayOccurIn({ redacted, numbers, others }: RemainingTexts): boolean {
    return (
      textsOf(redacted).some((text) => this.occurIn(text, 'REDACTED')) ||
      (numbers !== null && this.inNumbers.mayFindIn(numbers)) ||
      textsOf(others).some((text) => this.occurIn(text, 'TEXT'))
    );
  }

  /** Whether a text contains one of the values. */
  occurIn(text: string, residue: ResidueKind): boolean {
    switch (residue) {
      case 'NOTHING':
        return true;
      case 'REDACTED':
        return this.redactor.finds(text, this.read);
      case 'NUMBER':
        return this.inNumbers.finds(text);
      case 'TEXT':
        return this.redactor.finds(text, this.read) && this.findsUnmistakable(text);
    }
  }

  private findsUnmistakable(text: string): boolean {
    this.unmistakable ??= new Redactor(this.identifiers, 'UNMISTAKABLE');
    return this.unmistakable.finds(text, this.read);
  }
}

const textsOf = (joined: string | null) => joined?.split(BETWEEN_TEXTS) ?? [];
