import { emailsIn, ibansIn } from './contacts';
import type { Identifier, IdentifierKind } from './identifier';
import { phonesIn, phonesInText } from './phone';
import { WordText } from './word-text';

const SEPARATORS = /[/;,|\r\n]+/;
/** Separators between names, including words that join two people: `Kurt Kontomann u. Klara Kontofrau`. */
const BETWEEN_NAMES = /[/;,|&+\r\n]+|\s(?:u\.|und|and|oder)\s/i;
/** The blank before a postal code that follows the street without a comma. */
const BEFORE_POSTAL_CODE = /\s(?=(?:[A-Z]{1,2}-)?\d{4,5}\s+\p{L})/u;
/** A street with its house number: it begins with a letter and contains a number. */
const STREET = /^\s*\p{L}[^\d]{2,}\d/u;
const PART_OF_A_HOUSE =
  /^\s*(?:wohnung|whg|zimmer|zi|haus|hinterhaus|vorderhaus|hof|og|eg|etage|stock|stiege|top|app|apartment|postfach|plz)\b/i;
const NAME_BEFORE_EMAIL = /^\s*["„“]?([^<>"@]+?)["“”]?\s*<[^<>]+>\s*$/;
const CONTACT_SIGN = /[@\d]/;
const MIN_DIGITS = 4;
const MIN_NUMBER_CHARACTERS = 4;
const MIN_PART_CHARACTERS = 6;
const MIN_STREET_CHARACTERS = 4;
/** Minimum digits of a German account number; shorter numbers occur by chance. */
const MIN_ACCOUNT_DIGITS = 7;
const GERMAN_IBAN = /^DE\d{10}0*(\d+)$/;

/**
 * The identifying values of one stored cell. A cell may contain several values, remarks and labels:
 * `030/1239871 / 0171/9876543`, `Bob Versuch <tulpe@web.example>`, `IBAN: DE89 3704 …`. The returned values are cells
 * with one value each.
 *
 * @returns an empty list for a cell without a value, such as the phone `privat` or the e-mail address `keine Angabe`
 */
export function valuesIn(kind: IdentifierKind, cell: string): Identifier[] {
  switch (kind) {
    case 'FIRST_NAME':
    case 'LAST_NAME':
    case 'BIRTH_NAME':
      return [{ kind, value: cell }, ...contactsIn(cell)];
    case 'COMPANY_NAME':
      return [...values(kind, [cell, ...severalWords(cell)]), ...contactsIn(cell)];
    case 'COPIED_NAME':
      return [...values(kind, [cell, ...severalWords(cell)]), ...contactsIn(cell)];
    case 'STREET':
      return [
        ...values(kind, [...(lettersOf(cell) < MIN_STREET_CHARACTERS ? [] : [cell]), ...streetsIn(cell)]),
        ...contactsIn(cell),
      ];
    case 'ADDRESS':
      return [...values('STREET', streetsIn(cell)), ...contactsIn(cell)];
    case 'PHONE':
      return phoneCell(cell);
    case 'EMAIL':
      return [...contactsIn(cell), ...values('COPIED_NAME', severalWords(NAME_BEFORE_EMAIL.exec(cell)?.[1] ?? ''))];
    case 'IBAN':
      return bankAccounts(cell);
    case 'NUMBER':
      return values(kind, numbersIn(cell));
    case 'BIRTH_DATE':
      return [{ kind, value: cell }];
    case 'NOTE':
      return contactsIn(cell);
  }
}

const known = new WeakMap<readonly Identifier[], readonly (readonly Identifier[])[]>();

/** Caches {@link valuesIn} for the cells of one customer, because redaction, proof and number check all need it. */
export function valuesOf(cells: readonly Identifier[]): readonly (readonly Identifier[])[] {
  let found = known.get(cells);
  if (found === undefined) known.set(cells, (found = cells.map(({ kind, value }) => valuesIn(kind, value))));
  return found;
}

const values = (kind: IdentifierKind, found: readonly string[]): Identifier[] =>
  (found.length > 1 ? [...new Set(found)] : found).map((value) => ({ kind, value }));

/** E-mail addresses, IBANs with a valid checksum and phone numbers that begin with 0 or +. */
function contactsIn(text: string): Identifier[] {
  if (!CONTACT_SIGN.test(text) || (!text.includes('@') && digitsOf(text).length < MIN_PART_CHARACTERS)) return [];
  const ibans = ibansIn(text);
  const rest = ibans.length > 0 ? text.replace(/[A-Z]{2}\d{2}[A-Z0-9 .\-\u00a0]{11,40}/gi, ' x ') : text;
  return [
    ...values('EMAIL', emailsIn(text)),
    ...ibans.flatMap(bankAccounts),
    ...values('PHONE', phonesInText(withoutEmails(rest))),
  ];
}

const withoutEmails = (text: string) =>
  text.includes('@') ? text.replace(/\S+/g, (word) => (word.includes('@') ? ' x ' : word)) : text;

/** Phone numbers in a cell. A sequence with too many digits for a phone number is a `NUMBER`. */
function phoneCell(cell: string): Identifier[] {
  const phones = phonesIn(withoutEmails(cell));
  if (phones.length === 0 && /^[\s\d()+/.-]*$/.test(cell) && digitsOf(cell).length >= MIN_PART_CHARACTERS)
    return [{ kind: 'NUMBER', value: digitsOf(cell) }];
  return [...values('PHONE', phones), ...values('EMAIL', emailsIn(cell))];
}

function bankAccounts(cell: string): Identifier[] {
  const ibans = ibansIn(cell);
  if (ibans.length === 0) return values('IBAN', numbersIn(cell.replace(/^\s*IBAN\s*[:.]?\s*/i, '')));
  const accounts = ibans.flatMap((iban) => GERMAN_IBAN.exec(iban)?.[1] ?? []);
  return [
    ...values('IBAN', ibans),
    ...values(
      'NUMBER',
      accounts.filter((account) => account.length >= MIN_ACCOUNT_DIGITS),
    ),
  ];
}

/** The whole cell and its parts, as numbers. Words such as `unbekannt` are not numbers. */
function numbersIn(cell: string): string[] {
  if (digitsOf(cell).length < MIN_DIGITS || lettersOf(cell) < MIN_NUMBER_CHARACTERS) return [];
  const parts = cell.split(/[/;,|\r\n]+/).map((part) => part.trim());
  const long = parts.filter((part) => lettersOf(part) >= MIN_PART_CHARACTERS && digitsOf(part).length >= MIN_DIGITS);
  return parts.length > 1 ? [cell, ...long] : [cell];
}

/** The parts of a cell that have a house number. */
function streetsIn(cell: string): string[] {
  return cell
    .split(SEPARATORS)
    .flatMap((part) => part.split(BEFORE_POSTAL_CODE))
    .map((part) => part.trim())
    .filter((part) => STREET.test(part) && !PART_OF_A_HOUSE.test(part));
}

/** The names of more than one word in a cell that may contain several names. `Klein, Hans` is one name. */
function severalWords(cell: string): string[] {
  const parts = cell.split(BETWEEN_NAMES).map((part) => part.trim());
  return parts.filter((part) => new WordText(part).words.length > 1);
}

const digitsOf = (text: string) => text.replace(/\D+/g, '');
const lettersOf = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, '').length;
