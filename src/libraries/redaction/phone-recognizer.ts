import { MAX_PHONE_DIGITS, readPhone } from './phone';
import type { Hit, Recognizer } from './recognizer';
import type { Digits, WordText } from './word-text';

/** Separators between the digits of one number: `(0711) 48-21/33`, `030_888`, `030•888`, `030, 888`. */
const GAP = /^[\s/\-‐-―().,_•·]{1,6}$/;
const MAX_PREFIX_DIGITS = 7;
const MAX_ZEROS = 3;
const MAX_CODE_DIGITS = 3;
/** The decimals of a price. */
const PRICE = /^[,.]\d{1,3}(?!\d)/;
/** Minimum digits of a number without 0 or +. Shorter ones count only if they are stored without a prefix. */
const SAFE_WITHOUT_PREFIX = 7;
/**
 * Minimum digits of a number without 0 or + next to letters. A shorter one may be part of a serial number or of
 * hexadecimal text.
 */
const SAFE_BESIDE_LETTERS = 10;
/**
 * Minimum digits of a number before a separator to be separate from the match. A shorter one may belong to the same
 * number: `RE-2020-482133`.
 */
const WHOLE_NUMBER = 6;
const TAIL = 4;
const LETTER = /[\p{L}\p{M}]/u;

interface Stored {
  readonly codes: Set<string>;
  isStoredWithoutPrefix: boolean;
}

/**
 * Finds the stored phone numbers in a text, in any grouping and with any prefix: `0711`, `+49 (0)711`, `0049 711`.
 * Searching for everything that resembles a phone number would match invoice numbers.
 */
export class PhoneRecognizer implements Recognizer {
  private readonly byNational = new Map<string, Stored>();
  private readonly tails = new Set<number>();
  /** lengths of the national numbers, longest first */
  private lengths: number[] | undefined;

  /** @param part one phone number, see `phonesIn` */
  add(part: string): void {
    const { code, national, isDialled } = readPhone(part);
    const stored = this.byNational.get(national) ?? { codes: new Set(), isStoredWithoutPrefix: false };
    stored.codes.add(code);
    stored.isStoredWithoutPrefix ||= !isDialled;
    this.byNational.set(national, stored);
    this.tails.add(tailOf(national, national.length));
    this.lengths = undefined;
  }

  find(text: WordText, hits: Hit[]): void {
    if (this.byNational.size === 0) return;
    this.lengths ??= [...new Set([...this.byNational.keys()].map(({ length }) => length))].sort((a, b) => b - a);
    const { digits } = text;
    for (let last = 0; last < digits.runs.length; last++) {
      const run = digits.runs[last]!;
      const end = run.offset + run.end - run.start;
      if (end < TAIL || !this.tails.has(tailOf(digits.text, end))) continue;
      const hit = this.hitAt(text.text, digits, firstRun(text.text, digits, last, end), last, end);
      if (hit) hits.push(hit);
    }
  }

  /** The longest number that ends with the last digit of a run. */
  private hitAt(text: string, digits: Digits, first: number, last: number, end: number): Hit | undefined {
    const to = digits.runs[last]!.end;
    const isPrice = PRICE.test(text.slice(to, to + 5));
    let run = first;
    for (const length of this.lengths ?? []) {
      const start = end - length;
      if (start < digits.runs[first]!.offset) continue;
      while (run < last && digits.runs[run + 1]!.offset <= start) run++;
      const national = digits.text.slice(start, end);
      const stored = this.byNational.get(national);
      if (stored === undefined) continue;
      const prefixed = beginningOf(digits, first, run, start, stored);
      if (prefixed !== undefined) return withSigns(text, prefixed, to);
      const { offset, start: from } = digits.runs[run]!;
      if (offset !== start) continue;
      if (text[from - 1] === '+' || (!isPrice && mayStandAlone(text, from, to, national, stored)))
        return withSigns(text, from, to);
    }
    return undefined;
  }
}

/** Start of the number if its national number follows a valid prefix, or undefined. */
function beginningOf({ text, runs }: Digits, first: number, run: number, start: number, { codes }: Stored) {
  let found: number | undefined;
  for (let index = run; index >= first && start - runs[index]!.offset <= MAX_PREFIX_DIGITS; index--)
    if (isPrefix(text, runs[index]!.offset, start, codes)) found = runs[index]!.start;
  return found;
}

/** The first run that may belong to the number that ends with the last run. */
function firstRun(text: string, { runs }: Digits, last: number, end: number): number {
  let first = last;
  while (first > 0 && end - runs[first]!.offset < MAX_PHONE_DIGITS + MAX_PREFIX_DIGITS) {
    if (!GAP.test(text.slice(runs[first - 1]!.end, runs[first]!.start))) break;
    first--;
  }
  return first;
}

/** Whether the digits are `0`, or a country code with or without leading zeros and the zero of the area code. */
function isPrefix(digits: string, from: number, to: number, codes: ReadonlySet<string>): boolean {
  if (from === to) return false;
  let codeFrom = from;
  while (codeFrom < to && codeFrom - from < MAX_ZEROS && digits[codeFrom] === '0') codeFrom++;
  if (codeFrom === to) return to - from === 1;
  if (to - codeFrom > MAX_CODE_DIGITS + 1) return false;
  const code = digits.slice(codeFrom, to);
  return codes.has(code) || (code.endsWith('0') && codes.has(code.slice(0, -1)));
}

/** Whether a number counts without 0 or +: it may be a quantity, a price or a part of another number. */
function mayStandAlone(text: string, from: number, to: number, national: string, stored: Stored): boolean {
  if (national.length < SAFE_WITHOUT_PREFIX && !stored.isStoredWithoutPrefix) return false;
  const isBesideLetter = LETTER.test(text[from - 1] ?? '') || LETTER.test(text[to] ?? '');
  if (isBesideLetter && national.length < SAFE_BESIDE_LETTERS) return false;
  const [, before] = /(?<!\d)(\d+)[-/.,]$/.exec(text.slice(Math.max(0, from - WHOLE_NUMBER - 2), from)) ?? [];
  return before === undefined || before.length >= WHOLE_NUMBER || before.startsWith('0');
}

/**
 * Extends the hit to a plus sign and an opening bracket of the area code, but not to a bracket around the whole number.
 */
function withSigns(text: string, from: number, to: number): Hit {
  const found = text.slice(from, to);
  const opens = count(found, ')') > count(found, '(');
  const [signs = ''] = (opens ? /[+(]{1,3}$/ : /\+$/).exec(text.slice(Math.max(0, from - 3), from)) ?? [];
  return { from: from - signs.length, to };
}

const count = (text: string, sign: string) => text.split(sign).length - 1;

/** The last digits before `end`, as a number. */
function tailOf(digits: string, end: number): number {
  let tail = 0;
  for (let index = end - TAIL; index < end; index++) tail = tail * 10 + digits.charCodeAt(index) - 48;
  return tail;
}
