import { compact, type Identifier, Redactor, WordText } from '../../libraries/redaction';

/** Fewer letters are the beginning of a series (`RE-2020-1`) rather than a name. */
const SHORTEST_NAME = 3;
/** Fewer digits are a year or a count. */
const FEWEST_PHONE_DIGITS = 6;

/**
 * Finds a customer in the number of a record (domain section 5): a full name in either order, a last name or company name as a word, a phone number, an
 * e-mail address. A first name alone, a birth date and the customer's other numbers do not count: such numbers are alike by chance or on purpose.
 */
export class NumberCheck {
  private readonly wanted: readonly Identifier[];
  private readonly redactor: Redactor;

  constructor(identifiers: readonly Identifier[]) {
    const valuesOf = (kind: Identifier['kind']) =>
      identifiers.filter((identifier) => identifier.kind === kind).map(({ value }) => value);
    const lastNames = [...valuesOf('LAST_NAME'), ...valuesOf('BIRTH_NAME')];
    // a name of several words is found in any case, with anything or nothing between them
    const fullNames = valuesOf('FIRST_NAME').flatMap((first) =>
      lastNames.flatMap((last) => [`${first} ${last}`, `${last} ${first}`]),
    );
    this.wanted = [
      ...lastNames.filter(isNameAlone).map((value) => ({ kind: 'LAST_NAME' as const, value })),
      ...[...fullNames, ...valuesOf('COMPANY_NAME')]
        .filter(isNameAlone)
        .map((value) => ({ kind: 'COMPANY_NAME' as const, value })),
      ...valuesOf('EMAIL')
        .filter((value) => value.includes('@'))
        .map((value) => ({ kind: 'EMAIL' as const, value })),
      ...valuesOf('PHONE')
        .filter((value) => digitsOf(value).length >= FEWEST_PHONE_DIGITS)
        .map((value) => ({ kind: 'PHONE' as const, value })),
    ];
    this.redactor = new Redactor(this.wanted);
  }

  /**
   * A first look, which costs little and finds too much rather than too little.
   *
   * @param numbers of all records of the customer, with blanks between them
   */
  mayFindIn(numbers: string): boolean {
    const letters = keysOf(numbers).join('');
    const digits = digitsOf(numbers);
    return this.wanted.some(({ kind, value }) =>
      kind === 'PHONE'
        ? digits.includes(digitsOf(value).slice(-FEWEST_PHONE_DIGITS))
        : keysOf(value).some((key) => letters.includes(key)),
    );
  }

  finds(number: string): boolean {
    return this.redactor.finds(number);
  }
}

const keysOf = (text: string) => new WordText(text).words.map(({ key }) => key);
const digitsOf = (value: string) => value.replace(/\D/g, '');
const isNameAlone = (value: string) => compact(value).length >= SHORTEST_NAME;
