import { compact, type Identifier, Redactor, valuesOf, WordText } from '../../libraries/redaction';

/** A shorter sequence of letters is the prefix of a series (`RE-2020-1`) rather than a name. */
const MIN_NAME_LETTERS = 3;
/** A shorter sequence of digits is a year or a count. */
const MIN_PHONE_DIGITS = 6;

/** What a number contains if it names the customer: the key of a word, or the last digits of a phone number. */
interface Parts {
  readonly keys: readonly string[];
  readonly tails: readonly string[];
}

/**
 * Finds a customer in the number of a record: a full name in either order, a last name or company name as a word, a
 * phone number, an e-mail address. It ignores first names alone, birth dates and the customer's other numbers, which
 * match by chance or on purpose.
 */
export class NumberCheck {
  private readonly wanted: readonly Identifier[];
  private readonly redactor: Redactor;
  private parts: Parts | undefined;

  constructor(identifiers: readonly Identifier[]) {
    const values = valuesOf(identifiers).flat();
    const ofKind = (...kinds: readonly Identifier['kind'][]) =>
      values.filter(({ kind }) => kinds.includes(kind)).map(({ value }) => value);
    const lastNames = ofKind('LAST_NAME', 'BIRTH_NAME');
    // a name of several words matches in any case, with or without separators
    const fullNames = [
      ...ofKind('FIRST_NAME').flatMap((first) => lastNames.flatMap((last) => [`${first} ${last}`, `${last} ${first}`])),
      ...ofKind('COPIED_NAME').filter((name) => keysOf(name).length > 1),
      ...ofKind('COMPANY_NAME'),
    ];
    const wanted = (kind: Identifier['kind'], wantedValues: readonly string[], counts: (value: string) => boolean) =>
      wantedValues.filter(counts).map((value) => ({ kind, value }));
    this.wanted = [
      ...wanted('LAST_NAME', lastNames, isNameAlone),
      ...wanted('COMPANY_NAME', fullNames, isNameAlone),
      ...wanted('EMAIL', ofKind('EMAIL'), (value) => value.includes('@')),
      ...wanted('PHONE', ofKind('PHONE'), (value) => digitsOf(value).length >= MIN_PHONE_DIGITS),
    ];
    this.redactor = new Redactor(this.wanted);
  }

  /**
   * A cheap pre-check, which has false positives but no false negatives.
   *
   * @param numbers of all records of the customer, separated by blanks
   */
  mayFindIn(numbers: string): boolean {
    const { keys, tails } = (this.parts ??= partsOf(this.wanted));
    return isAnyIn(keys, keysOf(numbers).join('')) || isAnyIn(tails, digitsOf(numbers));
  }

  finds(number: string): boolean {
    return this.redactor.finds(number);
  }
}

const checks = new WeakMap<readonly Identifier[], NumberCheck>();

/** The check for a customer's identifiers, created once for all steps and the proof. */
export function numberCheckOf(identifiers: readonly Identifier[]): NumberCheck {
  const check = checks.get(identifiers) ?? new NumberCheck(identifiers);
  checks.set(identifiers, check);
  return check;
}

function partsOf(wanted: readonly Identifier[]): Parts {
  const keys = new Set<string>();
  const tails = new Set<string>();
  for (const { kind, value } of wanted)
    if (kind === 'PHONE') tails.add(digitsOf(value).slice(-MIN_PHONE_DIGITS));
    else for (const key of keysOf(value)) keys.add(key);
  return { keys: [...keys], tails: [...tails] };
}

const isAnyIn = (parts: readonly string[], text: string) => parts.some((part) => text.includes(part));
const keysOf = (text: string) => new WordText(text).words.map(({ key }) => key);
const digitsOf = (value: string) => value.replace(/\D/g, '');
const isNameAlone = (value: string) => compact(value).length >= MIN_NAME_LETTERS;
