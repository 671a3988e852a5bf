/** Letters without a Unicode decomposition. `ς` is the final form of `σ`. */
const UNDECOMPOSED: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', ẞ: 'SS', ł: 'l', Ł: 'L', ø: 'o', Ø: 'O', æ: 'ae', Æ: 'Ae', œ: 'oe', Œ: 'Oe' },
  ...{ đ: 'd', Đ: 'D', ð: 'd', Ð: 'D', þ: 'th', Þ: 'Th', ı: 'i', ς: 'σ' },
};
const UMLAUT: Readonly<Record<string, string>> = {
  ...{ ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', Ä: 'Ae', Ö: 'Oe', Ü: 'Ue', Ø: 'Oe' },
};
const UNDECOMPOSED_LETTER = new RegExp(`[${Object.keys(UNDECOMPOSED).join('')}]`, 'g');
const UMLAUT_LETTER = new RegExp(`[${Object.keys(UMLAUT).join('')}]`, 'g');
/** Tested first, because a test is much cheaper than a replacement that finds nothing. */
const UMLAUT_LIKE = /[aou]e/;
const NOT_ASCII = /[\u0080-\uffff]/;

/** Removes accents, marks and invisible characters: `Müller` → `Muller`, `Weiß` → `Weiss`, `Łukasz` → `Lukasz`. */
export function withoutMarks(text: string): string {
  if (!NOT_ASCII.test(text)) return text;
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(UNDECOMPOSED_LETTER, (letter) => UNDECOMPOSED[letter] ?? letter);
}

/** Writes out umlauts and removes all other marks: `Müller` and `Mueller` → `Mueller`, `Bär` → `Baer`. */
export function spelledOut(text: string): string {
  if (!NOT_ASCII.test(text)) return text;
  return withoutMarks(text.normalize('NFC').replace(UMLAUT_LETTER, (letter) => UMLAUT[letter] ?? letter));
}

/**
 * Returns the coarsest key: texts that `withoutMarks` or `spelledOut` make equal have the same key. Expects lower case
 * without marks.
 */
export function coarse(lowerCase: string): string {
  return UMLAUT_LIKE.test(lowerCase) ? lowerCase.replace(/([aou])e+/g, '$1') : lowerCase;
}

/** The coarsest key of a text in its stored spelling. */
export function keyOf(text: string): string {
  return coarse(withoutMarks(text).toLowerCase());
}

/** Whether a text has no lower-case letters, except for `ß` among capitals, which is common (`WEIß`, but not `Oß`). */
export function inCapitals(text: string): boolean {
  const letters = text.normalize('NFC').replaceAll('ß', '');
  return text === text.toUpperCase() || (letters.length > 1 && letters === letters.toUpperCase());
}

export function capitalized(text: string): string {
  const [first = ''] = text;
  return first.toUpperCase() + text.slice(first.length).toLowerCase();
}
