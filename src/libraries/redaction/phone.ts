/** Minimum digits of a national number; shorter ones occur by chance. */
export const MIN_PHONE_DIGITS = 6;
/** Maximum digits of a national number. E.164 allows 15 with the country code; a stored extension may follow. */
export const MAX_PHONE_DIGITS = 17;

const HOME = '49';
const ONE_DIGIT_CODE = /^[17]/;
const TWO_DIGIT_CODE = /^(?:2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;
/** A number that lost its plus sign in a spreadsheet: Germany's country code and at least nine digits. */
const HOME_WITHOUT_PLUS = /^49\d{9}/;
const WIDE_DIGIT = /[０-９]/g;

/** The most common cell: one number, without a space before 0. */
const ONE_NUMBER = /^(?:\+[1-9]|0)\d{1,12}[ /-]?(?:[1-9]\d{1,9}(?:[ -][1-9]\d{1,9})?)?$/;
const DIGITS = /\d+/g;
/**
 * A plus sign, a number that begins with 0, or a date or decimal number, behind which a 0 may begin one. Most addresses
 * contain none of them, and testing is much cheaper than the replacements.
 */
const MAY_BEGIN_PHONE = /\+|(?<!\d)0|\d(?:[.-]|,\d)/;
/** Characters that end a number, since they occur neither between its digits nor between two numbers. */
const WORDS_BETWEEN = /[^\s()+/.\-‐-―;,|_•·]/;
const LIST_SIGN = /[;,|\r\n]/;
/** Maximum digits after a slash that replace the last digits of the previous number: `030/8885555/56`. */
const MAX_REPLACEMENT_DIGITS = 8;

/**
 * Normal form in which phone numbers are compared: `+`, country code, national number without trunk zero. A number
 * without a country code is German.
 *
 * @param part one stored phone number, see {@link phonesIn}
 * @returns for example `+49301234567`, or null when it has fewer than 6 or more than 17 national digits
 */
export function phoneForm(part: string): string | null {
  const { code, national } = readPhone(part);
  return national.length < MIN_PHONE_DIGITS || national.length > MAX_PHONE_DIGITS ? null : `+${code}${national}`;
}

/** Reads the country code and national number, and whether the number begins with 0 or +. */
export function readPhone(part: string): { code: string; national: string; isDialled: boolean } {
  const digits = asciiDigits(part).replace(/\D+/g, '');
  const isInternational = /^[^\d+]*\+/.test(part) || digits.startsWith('00');
  const isDialled = isInternational || digits.startsWith('0');
  const all = digits.replace(/^0+/, '');
  if (!isInternational && !(HOME_WITHOUT_PLUS.test(digits) && !isDialled))
    return { code: HOME, national: all, isDialled };
  const code = countryCode(all);
  return { code, national: all.slice(code.length).replace(/^0+/, ''), isDialled };
}

/** The country code at the beginning of the digits after `+`. */
export function countryCode(digits: string): string {
  return digits.slice(0, ONE_DIGIT_CODE.test(digits) ? 1 : TWO_DIGIT_CODE.test(digits) ? 2 : 3);
}

interface Piece {
  readonly digits: string;
  readonly start: number;
  readonly end: number;
  readonly gap: string;
}

/**
 * The phone numbers of a cell, as stored. A cell may contain several, separated by a slash, list separator, word, plus
 * sign or a blank before 0: `030/1239871 / 0171/9876543`. A few digits after a slash replace the last digits:
 * `030/8885555/56` means `030/8885555` and `0308885556`.
 */
export function phonesIn(cell: string): string[] {
  if (ONE_NUMBER.test(cell)) return phoneForm(cell) === null ? [] : [cell];
  const text = asciiDigits(cell);
  const pieces = piecesOf(text);
  const found = new Set<string>();
  let current: { text: string; hasPlus: boolean; end: number; start: number } | undefined;
  const close = () => {
    if (current) found.add(current.text);
    current = undefined;
  };
  pieces.forEach((piece, index) => {
    const { gap, digits, start, end } = piece;
    const hasPlus = gap.includes('+');
    const beginsNumber = hasPlus || (digits.startsWith('0') && digitsFrom(pieces, index) >= MIN_PHONE_DIGITS);
    const startNumber = () => {
      close();
      current = { text: (hasPlus ? '+' : '') + digits, hasPlus, start, end };
    };
    const append = () => {
      current!.text = (current!.hasPlus ? '+' : '') + text.slice(current!.start, end);
      current!.end = end;
    };
    if (!current || WORDS_BETWEEN.test(gap) || hasPlus) return startNumber();
    const isSeparated = /[\s/;,|]/.test(gap);
    if (phoneForm(current.text) === null)
      return beginsNumber && isSeparated && !isCountryCode(current.text) ? startNumber() : append();
    if (beginsNumber && isSeparated) return startNumber();
    if (LIST_SIGN.test(gap)) return startNumber();
    if (!gap.includes('/')) return append();
    if (digits.length <= MAX_REPLACEMENT_DIGITS) {
      const base = current.text;
      const baseDigits = (base.startsWith('+') ? '+' : '') + base.replace(/\D+/g, '');
      if (baseDigits.length > digits.length) found.add(baseDigits.slice(0, -digits.length) + digits);
      found.add(base);
      append(); // the whole cell, as one sequence of digits
      found.add(current.text);
      if (digits.length >= MIN_PHONE_DIGITS) return startNumber();
      current = { ...current, text: base };
      return;
    }
    startNumber();
  });
  close();
  return [...found].filter((part) => phoneForm(part) !== null);
}

/** The phone numbers of free text: they begin with 0 or +, and are neither dates nor decimal numbers. */
export function phonesInText(text: string): string[] {
  const digits = asciiDigits(text);
  if (!MAY_BEGIN_PHONE.test(digits)) return [];
  return phonesIn(
    digits
      // record numbers, dates, refraction values: `RE-2020-00012345`, `05.03.1950`, `+1,25 -0.50`
      .replace(/[\p{L}\p{M}\d_-]+/gu, (word) => (/[\p{L}\p{M}_]/u.test(word) ? 'x' : word))
      .replace(/\d{4}-\d\d-\d\d|(?<!\d)\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{2,4})?/g, 'x')
      .replace(/(?<![\d.,])[+-]?\d{1,2}[.,]\d{1,2}(?![\d.])/g, 'x'),
  ).filter((part) => /^(?:\+|0)/.test(part) && !/^\+?0?[^\d]/.test(part));
}

function piecesOf(text: string): Piece[] {
  let end = 0;
  return [...text.matchAll(DIGITS)].map((match) => {
    const piece = { digits: match[0], start: match.index, end: match.index + match[0].length };
    const gap = text.slice(end, match.index);
    end = piece.end;
    return { ...piece, gap };
  });
}

/** Counts the digits of the number that begins at a piece, up to the minimum of a phone number. */
function digitsFrom(pieces: readonly Piece[], first: number): number {
  let count = 0;
  for (let index = first; index < pieces.length && count < MIN_PHONE_DIGITS; index++) {
    const { gap, digits } = pieces[index]!;
    if (index > first && (WORDS_BETWEEN.test(gap) || LIST_SIGN.test(gap) || gap.includes('+'))) break;
    count += digits.length;
  }
  return count;
}

/** Whether the text is a country code, `+49` or `0049`, after which the area code may keep its zero. */
function isCountryCode(text: string): boolean {
  const digits = text.replace(/\D+/g, '');
  if (!text.startsWith('+') && !digits.startsWith('00')) return false;
  const code = digits.replace(/^0+/, '');
  return code.length > 0 && code.length <= countryCode(code).length;
}

function asciiDigits(text: string): string {
  return text.replace(WIDE_DIGIT, (digit) => String(digit.charCodeAt(0) - 0xff10));
}
