import { type Identifier, Redactor, type TextReader } from '../../libraries/redaction';
import { NumberCheck } from './number-check';
import { BETWEEN_TEXTS, type Remains } from './proof-statements';
import { redactorOf } from './redactors';

/** What is left of one customer, each kind of texts in one. */
export interface RemainingTexts {
  readonly redacted: string | null;
  readonly numbers: string | null;
  readonly others: string | null;
}

/**
 * What identified one customer before, to be looked for in what is left:
 * - in redacted texts whatever redaction takes out, with the very redactor that did;
 * - in the number of a record that may change what {@link NumberCheck} finds;
 * - in other texts only what cannot be a code of a list or a word: nothing would have taken it out.
 */
export class OldValues {
  private readonly redactor: Redactor;
  private readonly unmistakable: Redactor;
  private readonly inNumbers: NumberCheck;

  /** @param read remembers the texts of a batch: most of them stand on many records */
  constructor(
    identifiers: readonly Identifier[],
    private readonly read: TextReader,
  ) {
    this.redactor = redactorOf(identifiers);
    this.unmistakable = new Redactor(identifiers, 'UNMISTAKABLE');
    this.inNumbers = new NumberCheck(identifiers);
  }

  /** A first look, which finds too much rather than too little. */
  mayStandIn({ redacted, numbers, others }: RemainingTexts): boolean {
    return (
      textsOf(redacted).some((text) => this.standIn(text, 'REDACTED')) ||
      (numbers !== null && this.inNumbers.mayFindIn(numbers)) ||
      textsOf(others).some((text) => this.standIn(text, 'TEXT'))
    );
  }

  /** Whether one of them stands in a text. */
  standIn(text: string, remains: Remains): boolean {
    switch (remains) {
      case 'NOTHING':
        return true;
      case 'REDACTED':
        return this.redactor.finds(text, this.read);
      case 'NUMBER':
        return this.inNumbers.finds(text);
      case 'TEXT':
        return this.unmistakable.finds(text, this.read);
    }
  }
}

const textsOf = (joined: string | null) => joined?.split(BETWEEN_TEXTS) ?? [];
