import type { Identifier } from './identifier';
import type { Hit, Recognizer } from './recognizer';
import { spelledOut, withoutMarks } from './spelling';
import { WordText, type Word } from './word-text';

/** Values other than names and dates. */
export type ValueKind = Exclude<Identifier['kind'], 'FIRST_NAME' | 'LAST_NAME' | 'BIRTH_NAME' | 'BIRTH_DATE'>;

/** A value as the letters and digits that must follow each other in a text, in whole words, with nothing but `gap` between. */
interface Pattern {
  readonly letters: string;
  readonly gap: RegExp;
  letterOf(word: Word, text: WordText): string;
  /** A last look at the place found: the hit, perhaps widened, or undefined. */
  confirm?(text: string, from: number, to: number): Hit | undefined;
}

/** Shorter numbers would hit quantities and prices. */
const SHORTEST_NUMBER = 4;
const SHORTEST_NAME = 2;
/** Fewer are what anybody would write, such as the name of a device: `Phonak Audéo Paradise P90`. */
const FEWEST_WORDS = 5;

const NUMBER_GAP = /^[\s/\-‐-―]{1,5}$/;
const PHONE_GAP = /^[\s/\-‐-―().]{1,6}$/;
const STREET_GAP = /^[\s/\-‐-―.,]+$/;
const ANY_GAP = /^[^\p{L}\p{N}]+$/u;

/**
 * Company names, streets, phone numbers, e-mail addresses, IBANs, notes and the numbers of cards and vouchers: any case, and the blanks and
 * separators people put in or leave out (domain rule, section 5).
 */
export class ValueRecognizer implements Recognizer {
  private readonly byFirstCharacter = new Map<string, Pattern[]>();

  add(kind: ValueKind, value: string): void {
    for (const pattern of patternsOf(kind, value)) {
      const first = pattern.letters.charAt(0);
      const known = this.byFirstCharacter.get(first);
      if (known) known.push(pattern);
      else this.byFirstCharacter.set(first, [pattern]);
    }
  }

  find(text: WordText, hits: Hit[]): void {
    for (let index = 0; index < text.words.length; index++) {
      const patterns = this.byFirstCharacter.get(text.words[index]?.plain.charAt(0) ?? '');
      for (const pattern of patterns ?? []) {
        const hit = match(pattern, text, index);
        if (hit) hits.push(hit);
      }
    }
  }
}

function match(pattern: Pattern, text: WordText, start: number): Hit | undefined {
  const from = text.words[start]?.start ?? 0;
  let matched = 0;
  for (let index = start; ; index++) {
    const word = text.words[index];
    if (!word) return undefined;
    const letters = pattern.letterOf(word, text);
    if (!pattern.letters.startsWith(letters, matched)) return undefined;
    matched += letters.length;
    if (matched === pattern.letters.length) {
      return pattern.confirm ? pattern.confirm(text.text, from, word.end) : { from, to: word.end };
    }
    if (!pattern.gap.test(text.gapAfter(index))) return undefined;
  }
}

function patternsOf(kind: ValueKind, value: string): Pattern[] {
  switch (kind) {
    case 'COMPANY_NAME':
    case 'COPIED_NAME':
    case 'ADDRESS':
      return companyName(value);
    case 'NOTE':
      return note(value);
    case 'STREET':
      return compact(value, SHORTEST_NUMBER, STREET_GAP, streetLetters);
    case 'PHONE':
      return phone(value);
    case 'EMAIL':
      return eMail(value);
    case 'IBAN':
      return compact(value, SHORTEST_NUMBER, NUMBER_GAP, plainLetters);
    case 'NUMBER':
      // a number with dots or the like of its own is found with them; else `1.250` EUR is not card 1250
      return compact(
        value,
        SHORTEST_NUMBER,
        /[^\p{L}\p{M}\p{N}\s/\-‐-―]/u.test(value) ? ANY_GAP : NUMBER_GAP,
        plainLetters,
      );
  }
}

function compact(value: string, shortest: number, gap: RegExp, letterOf: Pattern['letterOf']): Pattern[] {
  const text = new WordText(value);
  const letters = text.words.map((word) => letterOf(word, text)).join('');
  return letters.length < shortest ? [] : [{ letters, gap, letterOf }];
}

const plainLetters = (word: Word): string => word.plain;
const keyLetters = (word: Word): string => word.key;
const spelledLetters = (word: Word, text: WordText): string => spelledOut(text.spelling(word)).toLowerCase();
/** `Hauptstraße 5`, `Hauptstr. 5`, `Haupt-Strasse 5` and `HAUPTSTR.5` are one street. */
const streetLetters = (word: Word): string => word.key.replace(/strasse(?=\d|$)/, 'str');

/** One word alone must keep its umlauts (`Bär` is not `bar`), several are distinctive enough without. */
function companyName(value: string): Pattern[] {
  return compact(value, SHORTEST_NAME, ANY_GAP, new WordText(value).words.length > 1 ? keyLetters : spelledLetters);
}

/** What somebody copied from the note as it stands. */
function note(value: string): Pattern[] {
  return new WordText(value).words.length < FEWEST_WORDS ? [] : compact(value, SHORTEST_NUMBER, ANY_GAP, plainLetters);
}

function eMail(value: string): Pattern[] {
  const { words } = new WordText(value);
  const wanted = withoutMarks(value.slice(words.at(0)?.start, words.at(-1)?.end)).toLowerCase();
  const confirm = (text: string, from: number, to: number): Hit | undefined => {
    if (withoutMarks(text.slice(from, to)).toLowerCase() !== wanted) return undefined;
    // `max.hans@example.org` and `hans@example.org.uk` are other addresses; a capital after the dot begins a sentence
    const partOfAnother =
      /[\p{L}\p{M}\p{N}][.+_%-]$/u.test(text.slice(Math.max(0, from - 3), from)) ||
      /^[.-][\p{Ll}\p{N}]/u.test(text.slice(to, to + 3));
    return partOfAnother ? undefined : { from, to };
  };
  return compact(value, SHORTEST_NUMBER, ANY_GAP, plainLetters).map((pattern) => ({ ...pattern, confirm }));
}

/** The same line with `+49`, `0049`, `0` or `+49 (0)`; a stored value may hold a remark or a second number behind a word or comma. */
function phone(value: string): Pattern[] {
  const numbers = value.split(/[^\d\s()+/.\-‐-―]+/).flatMap(dialledForms);
  return [...new Set(numbers)].map((letters) => ({
    letters,
    gap: PHONE_GAP,
    letterOf: plainLetters,
    confirm: phoneHit,
  }));
}

function dialledForms(number: string): string[] {
  const digits = number.replace('(0)', '').replace(/\D/g, '');
  if (digits.length < SHORTEST_NUMBER) return [];
  if (/^[\s(]*\+/.test(number)) return internationalForms(digits);
  if (digits.startsWith('00')) return internationalForms(digits.slice(2));
  if (digits.startsWith('0')) return internationalForms(`49${digits.slice(1)}`);
  // a spreadsheet has eaten the leading zero or plus sign, or the area code was left out
  const guessed = digits.length < 7 ? [] : internationalForms(`49${digits}`);
  return [digits, ...guessed, ...(/^49\d{9}/.test(digits) ? internationalForms(digits) : [])];
}

function internationalForms(digits: string): string[] {
  // where a foreign country code ends is not known here, and a form too many does no harm
  const codeLengths = digits.startsWith('49') ? [2] : [2, 3];
  const withTrunkZero = codeLengths.flatMap((length) => {
    const [code, rest] = [digits.slice(0, length), digits.slice(length)];
    return [`${code}0${rest}`, `00${code}0${rest}`, `0${rest}`];
  });
  return [digits, `00${digits}`, ...withTrunkZero];
}

/** Takes the plus sign and the opening bracket of the area code along, but no bracket around the whole number. */
function phoneHit(text: string, from: number, to: number): Hit {
  const opens = (text.slice(from, to).match(/\)/g)?.length ?? 0) > (text.slice(from, to).match(/\(/g)?.length ?? 0);
  const lead = (opens ? /[+(]{1,3}$/ : /\+$/).exec(text.slice(Math.max(0, from - 3), from));
  return { from: from - (lead?.[0].length ?? 0), to };
}
