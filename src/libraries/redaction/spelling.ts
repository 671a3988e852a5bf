/** Letters that have no decomposition of their own. `ς` is the end-of-word form of `σ`. */
const UNDECOMPOSED: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', ẞ: 'SS', ł: 'l', Ł: 'L', ø: 'o', Ø: 'O', æ: 'ae', Æ: 'Ae', œ: 'oe', Œ: 'Oe' },
  ...{ đ: 'd', Đ: 'D', ð: 'd', Ð: 'D', þ: 'th', Þ: 'Th', ı: 'i', ς: 'σ' },
};
const UMLAUT: Readonly<Record<string, string>> = {
  ...{ ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', Ä: 'Ae', Ö: 'Oe', Ü: 'Ue', Ø: 'Oe' },
};
const UNDECOMPOSED_LETTER = new RegExp(`[${Object.keys(UNDECOMPOSED).join('')}]`, 'g');
const UMLAUT_LETTER = new RegExp(`[${Object.keys(UMLAUT).join('')}]`, 'g');
/** Tested first: a test is much cheaper than a replacement that finds nothing. */
const UMLAUT_LIKE = /[aou]e/;
const NOT_ASCII = /[\u0080-\uffff]/;

/**
 * The letters without accents, marks and invisible characters: `Müller` → `Muller`, `Weiß` → `Weiss`, `Łukasz` →
 * `Lukasz`.
 */
export function withoutMarks(text: string): string {
  if (!NOT_ASCII.test(text)) return text;
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(UNDECOMPOSED_LETTER, (letter) => UNDECOMPOSED[letter] ?? letter);
}

/**
 * The spelling with umlauts written out, every other mark dropped: `Müller` and `Mueller` → `Mueller`, `Bär` → `Baer`.
 */
export function spelledOut(text: string): string {
  if (!NOT_ASCII.test(text)) return text;
  return withoutMarks(text.normalize('NFC').replace(UMLAUT_LETTER, (letter) => UMLAUT[letter] ?? letter));
}

/**
 * The coarsest key: whatever `withoutMarks` or `spelledOut` hold equal has the same one. For lower-case text without
 * marks.
 */
export function coarse(lowerCase: string): string {
  return UMLAUT_LIKE.test(lowerCase) ? lowerCase.replace(/([aou])e+/g, '$1') : lowerCase;
}

/** The coarsest key of a text in its stored spelling. */
export function keyOf(text: string): string {
  return coarse(withoutMarks(text).toLowerCase());
}

/** Without lower-case letters; a small `ß` is common among capitals (`WEIß`, but not `Oß`). */
export function inCapitals(text: string): boolean {
  const letters = text.normalize('NFC').replaceAll('ß', '');
  return text === text.toUpperCase() || (letters.length > 1 && letters === letters.toUpperCase());
}

export function capitalized(text: string): string {
  const [first = ''] = text;
  return first.toUpperCase() + text.slice(first.length).toLowerCase();
}
