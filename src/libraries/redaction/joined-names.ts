import { coarse, withoutMarks } from './spelling';
import { WordText } from './word-text';

/** Shorter joined names may be other words: An + Na is not Anna. */
const MIN_JOINED_LETTERS = 6;
/** Han, Kana, Hangul, Thai, Lao, Khmer and Myanmar are written without blanks between words. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}\u30fc]/u;
const ONLY_UNSPACED =
  /^[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}\u30fc\p{M}\s]+$/u;
export const MIN_UNSPACED_LETTERS = 2;

/** Whether a text has letters of a script that is written without blanks. */
export const hasUnspacedScript = (text: string): boolean => UNSPACED.test(text);
export const isUnspacedScript = (text: string): boolean => ONLY_UNSPACED.test(text);

/**
 * The joined spellings of a name, folded (lower case, no marks, `ae` like `ä` like `a`): the words of a last or first
 * name, first + last and last + first. The minimum is 6 letters, or 2 characters in scripts without blanks.
 *
 * @returns for `Todd`, `O'Bryan`: `obryan`, `toddobryan`, `obryantodd`
 */
export function joinedNames(first: string | null, last: string | null): string[] {
  const [firstWords, lastWords] = [wordsOf(first), wordsOf(last)];
  const joined = [firstWords, lastWords].filter((words) => words.length > 1).map(together);
  if (firstWords.length > 0 && lastWords.length > 0) {
    joined.push(together([...firstWords, ...lastWords]), together([...lastWords, ...firstWords]));
  }
  return [...new Set(joined)].filter(isLongEnough);
}

/** Whether joined letters are long enough to be distinctive. */
export function isLongEnough(letters: string): boolean {
  return [...letters].length >= (isUnspacedScript(letters) ? MIN_UNSPACED_LETTERS : MIN_JOINED_LETTERS);
}

/** Whether names joined into one word differ from other words, either by length or by an inner capital. */
export function isDistinctiveTogether(spelling: string): boolean {
  return isLongEnough(spelling) || (/^.+\p{Lu}/u.test(spelling) && /\p{Ll}/u.test(spelling));
}

function wordsOf(name: string | null): string[] {
  const text = new WordText(name ?? '');
  return text.words.map((word) => text.spelling(word).normalize('NFC'));
}

/** Joins words. In scripts without blanks, vowels and tones are marks, so marks are kept. */
function together(words: readonly string[]): string {
  const joined = words.join('');
  return isUnspacedScript(joined) ? joined : coarse(withoutMarks(joined).toLowerCase());
}
