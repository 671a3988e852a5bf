import { NameWord, type NameKind } from './name-word';
import type { Hit, Recognizer } from './recognizer';
import { capitalized, inCapitals } from './spelling';
import { WordText } from './word-text';

/** Words of a name that say nothing without the rest of it, whatever their case. */
const PARTICLES = new Set(
  (
    'von vom zu zum zur der die das den dem des und auf am an im in van ten ter te op de del della delle dei di da do dos ' +
    'du d la le les los las el al ul bin ibn bint abu af av y e dr prof med dipl ing frau herr familie geb'
  ).split(' '),
);
const NO_WORDS: readonly NameWord[] = [];
const SHORTEST_NAME = 2;
const SHORTEST_PART = 3;
/** What may stand between the words of one name: `Klein, Hans`, `hans_klein`, `hans.klein`, `Schmidt-Rottluff`, `O'Brien`. */
const NAME_GAP = /^(?:\.|[\s,'’`´"()_/\-‐-―]+)$/;
const INITIAL = /^\p{L}$/u;
/** After an initial or `St`; behind other words it ends a sentence (`Etui klein. Hans …`). */
const DOT_AND_BLANK = /^\.[\s,]*$/;
const LONGEST_ABBREVIATION = 2;

/**
 * First and last names (domain rule, section 5):
 * - first and last name next to each other, in either order, initials between: any case;
 * - a name of several words, complete: as spelled or in capitals; any case if two of its words are more than particles;
 * - a lone name, or a lone part of one: as spelled or in capitals.
 *
 * The parts of a double name count alone, because Frau Schmidt-Rottluff is called Frau Schmidt. For the same reason a name counts
 * within a hyphenated word: `Müller` in `Müller-Lüdenscheidt` may be a customer and in `Müller-Termin` is. A missed erasure is a
 * breach, an innocent text changed only a nuisance.
 */
export class NameRecognizer implements Recognizer {
  private readonly wordsByKey = new Map<string, NameWord[]>();
  private readonly longNames: NameWord[][] = [];

  add(kind: NameKind, value: string): void {
    const name = wordsOf(kind, value);
    for (const word of name) this.index(word);
    if (name.length > 1) this.longNames.push(name);
    // Hans-Peter is also written Hanspeter
    if (name.length === 2 && name.every((word) => word.identifying)) {
      this.index(new NameWord(capitalized(name.map((word) => word.spelling).join('')), kind, true, true));
    }
  }

  find(text: WordText, hits: Hit[]): void {
    for (let index = 0; index < text.words.length;) {
      const end = this.wordsAt(text, index).length > 0 ? this.endOfRun(text, index) : index;
      if (end > index) this.findInRun(text, index, end, hits);
      index = Math.max(end, index + 1);
    }
  }

  private index(word: NameWord): void {
    const known = this.wordsByKey.get(word.key);
    if (known) known.push(word);
    else this.wordsByKey.set(word.key, [word]);
  }

  private wordsAt(text: WordText, index: number): readonly NameWord[] {
    return this.wordsByKey.get(text.words[index]?.key ?? '') ?? NO_WORDS;
  }

  /** A run is made of words of this customer's names, and initials, next to each other. */
  private endOfRun(text: WordText, start: number): number {
    let end = start + 1;
    while (this.isJoined(text, end)) end++;
    return end;
  }

  /** Whether the word at `index` goes on with the name before it. */
  private isJoined(text: WordText, index: number): boolean {
    const [before, word] = [text.words[index - 1], text.words[index]];
    if (!before || !word || !(this.wordsByKey.has(word.key) || INITIAL.test(word.plain))) return false;
    const gap = text.gapAfter(index - 1);
    return NAME_GAP.test(gap) || (before.plain.length <= LONGEST_ABBREVIATION && DOT_AND_BLANK.test(gap));
  }

  private findInRun(text: WordText, start: number, end: number, hits: Hit[]): void {
    const hit = (first: number, last: number): void => {
      hits.push({ from: text.words[first]?.start ?? 0, to: text.words[last]?.end ?? 0 });
    };
    const full = this.fullName(text, start, end);
    if (full) hit(full.first, full.last);

    for (let index = start; index < end; index++) {
      const spelled = (word: NameWord, at: number): boolean => {
        if (full && at >= full.first && at <= full.last) return true;
        const found = text.words[at];
        return found !== undefined && word.isSpelled(text.spelling(found));
      };
      if (this.wordsAt(text, index).some((word) => word.alone && spelled(word, index))) hit(index, index);
      for (const name of this.longNames) {
        const complete = index + name.length <= end && name.every((word, n) => word.key === text.words[index + n]?.key);
        if (complete && isDistinctive(name, (word, n) => spelled(word, index + n))) hit(index, index + name.length - 1);
      }
    }
  }

  /** From the first to the last identifying word of a run that holds a first and a last name. */
  private fullName(text: WordText, start: number, end: number): { first: number; last: number } | undefined {
    const kinds = new Set<NameKind>();
    const places: number[] = [];
    for (let index = start; index < end; index++) {
      const words = this.wordsAt(text, index).filter((word) => word.identifying);
      if (words.length > 0) places.push(index);
      for (const word of words) kinds.add(word.kind);
    }
    const [first, last] = [places.at(0), places.at(-1)];
    return kinds.size > 1 && first !== undefined && last !== undefined && first < last ? { first, last } : undefined;
  }
}

function wordsOf(kind: NameKind, value: string): NameWord[] {
  const text = new WordText(value);
  const oneCase = inCapitals(value) || value === value.toLowerCase();
  return text.words.map(({ start, end, plain }) => {
    const spelling = value.slice(start, end);
    if (text.words.length === 1) return new NameWord(spelling, kind, true, plain.length >= SHORTEST_NAME);
    const identifying = plain.length >= SHORTEST_NAME && !PARTICLES.has(plain);
    const isName = oneCase || spelling.charAt(0) === spelling.charAt(0).toUpperCase();
    return new NameWord(spelling, kind, identifying, identifying && isName && plain.length >= SHORTEST_PART);
  });
}

/** Whether a complete name of several words is meant: `von der Heide` is, `von der heide` may be a place. */
function isDistinctive(name: readonly NameWord[], isSpelled: (word: NameWord, n: number) => boolean): boolean {
  if (name.filter((word) => word.identifying).length > 1) return true;
  const noneAlone = !name.some((word) => word.alone);
  return name.every((word, n) => !(word.alone || noneAlone) || isSpelled(word, n));
}
