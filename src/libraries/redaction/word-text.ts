import { coarse, withoutMarks } from './spelling';

export const REDACTED = '[anonymisiert]';

/**
 * Letters, marks and digits. A word never begins with a mark, which belongs to the character before it (`≠`). An
 * invisible character inside (soft hyphen, zero-width space) does not end a word.
 */
const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:[\u00ad\u200b-\u200d\u2060\ufeff]+[\p{L}\p{M}\p{N}]+)*/gu;
const DIGITS = /[0-9０-９]+/g;

export interface Word {
  /** Position in the original text, `end` exclusive. */
  readonly start: number;
  readonly end: number;
  /** Lower case without marks. */
  readonly plain: string;
  /** The coarsest key of the word, see `coarse`. */
  readonly key: string;
}

/**
 * How words are compared: by plain letters, by the coarsest key, or with `Hauptstr. Nr. 5` equal to `Hauptstraße 5`.
 */
export type Lettering = 'plain' | 'key' | 'street';

/** The concatenated letters of all words. */
export interface Letters {
  readonly text: string;
  /** start per word, and one more for the end */
  readonly starts: readonly number[];
  /** per word, see {@link beginningAt} */
  readonly beginnings: readonly number[];
}

/** Number of letters by which patterns that cannot begin here are ruled out early. */
export const BEGINNING = 3;

/** The first letters from a position on, as a number. Equal letters give equal numbers. */
export function beginningAt(letters: string, start: number): number {
  return (
    (letters.charCodeAt(start) * 31 + (letters.charCodeAt(start + 1) || 0)) * 31 +
    (letters.charCodeAt(start + BEGINNING - 1) || 0)
  );
}

/** Adjacent digits, with their offset among all digits of the text. */
export interface DigitRun {
  readonly start: number;
  readonly end: number;
  readonly offset: number;
}

export interface Digits {
  readonly text: string;
  readonly runs: readonly DigitRun[];
}

/**
 * A text split into words with their positions. Matching compares whole folded words. A regular expression built from
 * user data would need escaping and could backtrack. The replacement is not a word, so no value matches it or across
 * it.
 */
export class WordText {
  readonly words: readonly Word[];
  private readonly lettersBy: { [lettering in Lettering]?: Letters } = {};
  private foundDigits: Digits | undefined;

  constructor(readonly text: string) {
    const words: Word[] = [];
    WORD.lastIndex = 0;
    for (let match = WORD.exec(text); match; match = WORD.exec(text)) {
      const start = match.index;
      if (text.startsWith(REDACTED, start - 1)) continue;
      const plain = withoutMarks(match[0]).toLowerCase();
      words.push({ start, end: start + match[0].length, plain, key: coarse(plain) });
    }
    this.words = words;
  }

  /** The original spelling of a word. */
  spelling(word: Word): string {
    return this.text.slice(word.start, word.end);
  }

  /** The separators between the word at `index` and the next one. */
  gapAfter(index: number): string {
    return this.text.slice(this.words[index]?.end, this.words[index + 1]?.start);
  }

  letters(lettering: Lettering): Letters {
    return (this.lettersBy[lettering] ??= joined(this.words, lettering));
  }

  /** All digits of the text, regardless of separators, including those within words. */
  get digits(): Digits {
    return (this.foundDigits ??= digitsOf(this.text));
  }
}

function joined(words: readonly Word[], lettering: Lettering): Letters {
  const starts = [0];
  let text = '';
  for (const word of words) starts.push((text += lettersOf(word, lettering)).length);
  return { text, starts, beginnings: words.map((_, index) => beginningAt(text, starts[index]!)) };
}

function lettersOf({ plain, key }: Word, lettering: Lettering): string {
  if (lettering === 'plain') return plain;
  if (lettering === 'key') return key;
  if (key === 'nr') return '';
  return key.includes('strasse') ? key.replace(/strasse(?=\d|$)/, 'str') : key;
}

function digitsOf(text: string): Digits {
  const runs: DigitRun[] = [];
  let digits = '';
  for (const { 0: found, index: start } of text.matchAll(DIGITS)) {
    runs.push({ start, end: start + found.length, offset: digits.length });
    digits += found.charCodeAt(0) > 0xff00 ? found.normalize('NFKC') : found;
  }
  return { text: digits.normalize('NFKC'), runs };
}

/** Splits a text into words, possibly with a cache: an article's name occurs on thousands of invoices. */
export type TextReader = (text: string) => WordText;

/** Creates a cache for the texts of one batch. It must not live longer, since the texts are personal. */
export function remembering(): TextReader {
  const known = new Map<string, WordText>();
  return (text) => {
    let words = known.get(text);
    if (words === undefined) known.set(text, (words = new WordText(text)));
    return words;
  };
}
