import {
  type Identifier,
  type IdentifierKind,
  joinedNames,
  phoneForm,
  Redactor,
  valuesOf,
  WordText,
} from '../../libraries/redaction';

/** Minimum number of letters and digits. Shorter values occur by chance. */
export const MIN_VALUE_LETTERS = 6;

/** Minimum number of characters of a full name in a script without spaces between words. */
const MIN_LETTERS_WITHOUT_BLANKS = 2;
const WITHOUT_BLANKS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const HOME = '+49';
/** Number of digits of a national number with its area code. A shorter number may be part of any other number. */
const MIN_DIGITS_WITH_AREA_CODE = 9;
const PHONE_SIGNS = /^[+0(][\d\s()+/.;,|-]*$/;
const IBAN_SIGNS = /^(?:IBAN\W*)?[A-Z]{2}\d{2}[\dA-Z\s]+$/i;
const PHONE_GAP = '[\\s()/.\\-_•·‐-―]{0,4}';
const NUMBER_GAP = '[^\\p{L}\\p{N}]{0,4}';
/** Escaped line breaks and quotes in JSON. */
const ESCAPES = /\\[nrtbf"\\/]/g;
/** Ids and instants. They identify no person, but their digits match by chance. */
const TECHNICAL = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[\d.]*Z?/gi;

/** A text of the database, prepared once for all values to search for. */
interface ScannedText {
  readonly text: string;
  /** the coarsest keys of the words, joined without separators */
  readonly letters: string;
  /** the same keys, each with a space before and after it */
  readonly words: string;
}

interface Wanted {
  readonly customerId: string;
  readonly letters: string;
  occursIn(text: ScannedText): boolean;
}

/**
 * Finds the identifying values of many customers in texts of any kind. It searches for the values and spellings that
 * the redaction knows, except for a first or last name alone, which a text about another person may contain.
 *
 * The time per text depends on its length, not on the number of values to search for.
 */
export class IdentifierSearch {
  private readonly byBeginning = new Map<string, Wanted[]>();

  /** @returns number of values that are searched for; values that are too short occur by chance and are left out */
  addIdentifiers(customerId: string, identifiers: readonly Identifier[]): number {
    const values = valuesOf(identifiers).flat();
    const added = values.filter((identifier) => this.addValue(customerId, identifier));
    return added.length + this.addFullNames(customerId, values);
  }

  /** Adds a value of unknown kind: the text as a whole, and each phone number, e-mail address or IBAN in it. */
  addText(customerId: string, value: string): boolean {
    const { letters } = scanned(value);
    const alone = /^\d+$/.test(letters) ? numberAlone(letters) : null;
    const kind = kindOf(value);
    const isWhole = kind !== 'PHONE' && this.add(customerId, letters, ({ text }) => alone === null || alone.test(text));
    return (kind !== null && this.addIdentifiers(customerId, [{ kind, value }]) > 0) || isWhole;
  }

  /** The customers whose values occur in the text. */
  findCustomersIn(text: string): ReadonlySet<string> {
    const found = new Set<string>();
    const haystack = scanned(text.replace(ESCAPES, ' ').replace(TECHNICAL, ' '));
    const { letters } = haystack;
    for (const length of WITHOUT_BLANKS.test(text)
      ? [MIN_VALUE_LETTERS, MIN_LETTERS_WITHOUT_BLANKS]
      : [MIN_VALUE_LETTERS])
      for (let position = 0; position + length <= letters.length; position++) {
        const candidates = this.byBeginning.get(letters.slice(position, position + length));
        for (const wanted of candidates ?? [])
          if (
            !found.has(wanted.customerId) &&
            letters.startsWith(wanted.letters, position) &&
            wanted.occursIn(haystack)
          )
            found.add(wanted.customerId);
      }
    return found;
  }

  private addValue(customerId: string, identifier: Identifier): boolean {
    const { kind, value } = identifier;
    switch (kind) {
      case 'FIRST_NAME':
      case 'LAST_NAME':
      case 'BIRTH_NAME': // only together with the other name
      case 'BIRTH_DATE': // many people share a birth date
        return false;
      case 'PHONE':
        return this.addPhone(customerId, value);
      case 'COMPANY_NAME':
      case 'COPIED_NAME':
        return new WordText(value).words.length > 1 && this.addWords(customerId, value);
      case 'EMAIL':
      case 'STREET':
      case 'ADDRESS':
      case 'IBAN':
      case 'NUMBER':
      case 'NOTE': {
        const redactor = new Redactor([identifier]);
        const isNumber = kind === 'NUMBER' || kind === 'IBAN';
        if (isNumber && value.replace(/\D/g, '').length < 4) return false;
        return spellingsOf(kind, scanned(value).letters)
          .map((letters) => this.add(customerId, letters, ({ text }) => redactor.finds(text)))
          .some(Boolean);
      }
    }
  }

  /** Adds a phone number. All its spellings end with the same digits. */
  private addPhone(customerId: string, value: string): boolean {
    const form = phoneForm(value);
    if (form === null) return false;
    const redactor = new Redactor([{ kind: 'PHONE', value: form }]);
    const national = form.startsWith(HOME) ? form.slice(HOME.length) : '';
    const alone = national !== '' && national.length < MIN_DIGITS_WITH_AREA_CODE ? localNumber(national) : null;
    return this.add(customerId, form.slice(-MIN_VALUE_LETTERS), ({ text }) =>
      alone === null ? redactor.finds(text) : alone.test(text),
    );
  }

  /** Adds each combination of first and last name, in either order and written as one word. */
  private addFullNames(customerId: string, values: readonly Identifier[]): number {
    const named = (...kinds: readonly IdentifierKind[]) =>
      values.filter(({ kind }) => kinds.includes(kind)).map(({ value }) => value);
    let added = 0;
    for (const first of named('FIRST_NAME'))
      for (const last of named('LAST_NAME', 'BIRTH_NAME')) {
        const lone = new Set([...joinedNames(first, null), ...joinedNames(null, last)]);
        const isAdded = [first, ...joinedNames(first, null)]
          .flatMap((one) =>
            [last, ...joinedNames(null, last)].flatMap((other) => [`${one} ${other}`, `${other} ${one}`]),
          )
          .map((name) => this.addWords(customerId, name));
        for (const together of joinedNames(first, last))
          if (!lone.has(together)) isAdded.push(this.addTogether(customerId, together));
        if (isAdded.some(Boolean)) added++;
      }
    return added;
  }

  private addWords(customerId: string, value: string): boolean {
    const { letters, words: wanted } = scanned(value);
    return this.add(customerId, letters, ({ words }) => words.includes(wanted));
  }

  /** Adds a name as a separate word; in scripts without spaces, also as part of a longer sequence of letters. */
  private addTogether(customerId: string, together: string): boolean {
    const { letters } = scanned(together);
    if (!WITHOUT_BLANKS.test(together))
      return this.add(customerId, letters, ({ words }) => words.includes(` ${letters} `));
    return this.add(customerId, letters, () => true, MIN_LETTERS_WITHOUT_BLANKS);
  }

  private add(
    customerId: string,
    letters: string,
    occursIn: Wanted['occursIn'],
    shortest = MIN_VALUE_LETTERS,
  ): boolean {
    if (letters.length < shortest) return false;
    const beginning = letters.slice(0, shortest);
    const known = this.byBeginning.get(beginning);
    const wanted = { customerId, letters, occursIn };
    if (known === undefined) this.byBeginning.set(beginning, [wanted]);
    else known.push(wanted);
    return true;
  }
}

function scanned(text: string): ScannedText {
  const keys = new WordText(text).words.map(({ key }) => key);
  return { text, letters: keys.join(''), words: ` ${keys.join(' ')} ` };
}

/** The kind of a value, derived from its characters; null when it is ambiguous. */
function kindOf(value: string): IdentifierKind | null {
  if (value.includes('@')) return 'EMAIL';
  if (PHONE_SIGNS.test(value.trim())) return 'PHONE';
  return IBAN_SIGNS.test(value.trim()) ? 'IBAN' : null;
}

/** `Hauptstraße 5` may be written `Hauptstr. 5`. */
function spellingsOf(kind: IdentifierKind, letters: string): string[] {
  const short = letters.replaceAll('strasse', 'str');
  return kind === 'STREET' ? [...new Set([short, short.replaceAll('str', 'strasse')])] : [letters];
}

/** Matches a number without area code that is not part of another number or word. */
const localNumber = (digits: string) =>
  new RegExp(`(?<![\\p{L}\\p{N}][-_]?)0?${[...digits].join(PHONE_GAP)}(?![-_]?[\\p{L}\\p{N}])`, 'u');

const numberAlone = (digits: string) =>
  new RegExp(`(?<![\\p{L}\\p{N}])${[...digits].join(NUMBER_GAP)}(?![\\p{L}\\p{N}])`, 'u');
