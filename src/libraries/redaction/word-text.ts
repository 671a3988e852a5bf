import { coarse, withoutMarks } from './spelling';

export const REDACTED = '[anonymisiert]';

/**
 * Letters, marks and digits. A mark never begins a word, it belongs to the sign before it (`≠`); an invisible character inside (soft
 * hyphen, zero-width space) does not end one.
 */
const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:[\u00ad\u200b-\u200d\u2060\ufeff]+[\p{L}\p{M}\p{N}]+)*/gu;

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
 * A text cut into words that know their place in it. Matching whole words (domain rule, section 5) is then a comparison of folded
 * words instead of a regular expression built from user data: nothing to escape, nothing to backtrack.
 * The replacement itself is no word, so that nothing ever matches it or across it.
 */
export class WordText {
  readonly words: readonly Word[];

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

  /** What stands between the word at `index` and the next one. */
  gapAfter(index: number): string {
    return this.text.slice(this.words[index]?.end, this.words[index + 1]?.start);
  }
}
