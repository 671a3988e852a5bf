import { Automaton } from './automaton';
import { wordsOfCopiedName } from './copied-name';
import { isDistinctiveTogether, isUnspacedScript } from './joined-names';
import { KnownWord } from './known-word';
import { type NameKind, NameWord } from './name-word';
import type { Hit, Recognizer } from './recognizer';
import { coarse, inCapitals, keyOf, spelledOut, withoutMarks } from './spelling';
import { UnspacedNames } from './unspaced-names';
import { type Word, WordText } from './word-text';

/** Words of a name that identify no person without the rest of the name, in any case. */
const PARTICLES = new Set(
  (
    'von vom zu zum zur der die das den dem des und auf am an im in van ten ter te op de del della delle dei di da ' +
    'do dos du d la le les los las el al ul bin ibn bint abu af av y e dr prof med dipl ing frau herr familie geb'
  ).split(' '),
);
const MIN_NAME_LETTERS = 2;
const MIN_PART_LETTERS = 3;
/**
 * Separators between the words of one name: `Klein, Hans`, `hans_klein`, `hans.klein`, `Schmidt-Rottluff`, `O'Brien`.
 */
const NAME_GAP = /^(?:\.|[\s,'’`´"()_/\-‐-―]+)$/;
const INITIAL = /^\p{L}$/u;
/** Allowed after an initial or `St`; after other words it ends a sentence (`Etui klein. Hans …`). */
const DOT_AND_BLANK = /^\.[\s,]*$/;
const MAX_ABBREVIATION_LETTERS = 2;
/** `McDonald`, `OBryan`, `SchmidtRottluff`: splits a name stored as one word at its second part. */
const INNER_CAPITAL = /^(\p{Lu}\p{M}*(?:\p{Ll}\p{M}*)*)(\p{Lu}\p{M}*\p{Ll}[\p{L}\p{M}]*)$/u;
const MAX_JOINED_LETTERS = 80;

/** The words of a long name that must be spelled as stored for the whole name to count. */
type Required = 'NONE' | 'ALL' | { readonly word: number };

interface LongName {
  readonly required: Required;
}

/**
 * First and last names:
 * - first and last name next to each other, in either order, initials between: any case; also written together;
 * - a name of several words, complete: as spelled or in capitals; any case if two of its words are more than particles;
 * - a lone name, or a lone part of one: as spelled or in capitals.
 *
 * The parts of a double name count alone, because Frau Schmidt-Rottluff is called Frau Schmidt. For the same reason a
 * name counts within a hyphenated word: `Müller` in `Müller-Lüdenscheidt` may be a customer and in `Müller-Termin` is.
 * A missed erasure is a breach, an innocent text changed only a nuisance.
 */
export class NameRecognizer implements Recognizer {
  private readonly words = new Map<string, KnownWord>();
  private longNames: Automaton<LongName> | undefined;
  private readonly together = new NamesTogether();
  private readonly unspaced = new UnspacedNames();
  /** keys of the words of first and birth names, by which a copied name is recognized as the customer's */
  private readonly ownNames = new Set<string>();

  /** @param countsAlone whether a name counts without the rest of the full name */
  constructor(private readonly countsAlone = true) {}

  add(kind: NameKind | 'BIRTH_NAME', value: string): void {
    const nameKind = kind === 'FIRST_NAME' ? kind : 'LAST_NAME';
    const name = wordsOf(nameKind, value);
    for (const word of name) this.wordWith(word.key).add(word);
    if (kind !== 'LAST_NAME') for (const { key, identifying } of name) if (identifying) this.ownNames.add(key);
    this.together.add(nameKind, name);
    this.unspaced.add(nameKind, value);
    if (name.length > 1) {
      this.addLongName(name);
      const together = name.map(({ spelling }) => spelling).join('');
      this.wordWith(keyOf(together)).addJoined(nameKind, together);
    }
    const [, head, tail] = INNER_CAPITAL.exec(value.trim()) ?? [];
    if (head && tail) this.addParts(nameKind, head, tail);
  }

  /**
   * Adds a name that was copied onto a record and may be another person's. Its words count alone when it has two words
   * and one is the customer's first or birth name: the other one was then the customer's last name.
   */
  addCopied(value: string): void {
    const keys = wordsOfCopiedName(value);
    if (keys.length !== 2 || !keys.some((key) => this.ownNames.has(key))) return;
    const text = new WordText(value);
    for (const word of text.words)
      if (
        keys.includes(word.key) &&
        !this.ownNames.has(word.key) &&
        !PARTICLES.has(word.plain) &&
        word.plain.length >= MIN_PART_LETTERS
      )
        this.add('LAST_NAME', text.spelling(word));
  }

  find(text: WordText, hits: Hit[]): void {
    this.unspaced.find(text.text, hits);
    for (let index = 0; index < text.words.length;) {
      const end = this.isKnown(text, index) ? this.endOfRun(text, index) : index;
      if (end > index) this.findInRun(text, index, end, hits);
      index = Math.max(end, index + 1);
    }
  }

  private wordWith(key: string): KnownWord {
    const known = this.words.get(key) ?? new KnownWord();
    this.words.set(key, known);
    return known;
  }

  private addLongName(name: readonly NameWord[]): void {
    this.longNames ??= new Automaton();
    this.longNames.add(
      name.map(({ key }) => key),
      { required: requiredOf(name) },
    );
  }

  /** Adds the parts of `McDonald`, which is also written Mc Donald. The parts alone identify no person. */
  private addParts(kind: NameKind, head: string, tail: string): void {
    for (const part of [head, tail]) this.wordWith(keyOf(part)).add(new NameWord(part, kind, false, false));
    this.addLongName([new NameWord(head, kind, false, false), new NameWord(tail, kind, false, true)]);
  }

  private isKnown(text: WordText, index: number): boolean {
    const word = text.words[index]!;
    return this.words.has(word.key) || this.together.isFullName(text, word);
  }

  /** End of a run: adjacent words that belong to this customer's names or are initials. */
  private endOfRun(text: WordText, start: number): number {
    let end = start + 1;
    while (this.isJoined(text, end)) end++;
    return end;
  }

  /** Whether the word at `index` continues the name before it. */
  private isJoined(text: WordText, index: number): boolean {
    const [before, word] = [text.words[index - 1], text.words[index]];
    if (!before || !word || !(INITIAL.test(word.plain) || this.isKnown(text, index))) return false;
    const gap = text.gapAfter(index - 1);
    return NAME_GAP.test(gap) || (before.plain.length <= MAX_ABBREVIATION_LETTERS && DOT_AND_BLANK.test(gap));
  }

  private findInRun(text: WordText, start: number, end: number, hits: Hit[]): void {
    const hit = (first: number, last: number): void => {
      hits.push({ from: text.words[first]!.start, to: text.words[last]!.end });
    };
    const full = this.fullName(text, start, end);
    if (full) hit(full.first, full.last);
    if (!this.countsAlone) return;
    const isInFull = (index: number) => full !== undefined && index >= full.first && index <= full.last;
    for (let index = start; index < end; index++) {
      const word = text.words[index]!;
      if (!isInFull(index) && this.words.get(word.key)?.isAlone(text.spelling(word))) hit(index, index);
    }
    if (end - start === 1 || this.longNames === undefined) return;
    /** prefix sums over the run: the number of words that are spelled as stored */
    const spelled = [0];
    for (let index = start; index < end; index++) {
      const word = text.words[index]!;
      const isSpelled = isInFull(index) || (this.words.get(word.key)?.isSpelled(text.spelling(word)) ?? false);
      spelled.push(spelled.at(-1)! + (isSpelled ? 1 : 0));
    }
    findLongNames(this.longNames, text, start, end, spelled, hit);
  }

  /** From the first to the last identifying word of a run that holds a first and a last name. */
  private fullName(text: WordText, start: number, end: number): { first: number; last: number } | undefined {
    const kinds = new Set<NameKind>();
    let [first, last]: [number, number] = [end, start];
    let isTogether = false;
    for (let index = start; index < end; index++) {
      const word = text.words[index]!;
      const own = this.words.get(word.key)?.kindsIn(text.spelling(word));
      isTogether = this.together.isFullName(text, word) || isTogether;
      if (!own?.size && !this.together.isFullName(text, word)) continue;
      [first, last] = [Math.min(first, index), index];
      for (const kind of own ?? []) kinds.add(kind);
    }
    return isTogether || (kinds.size > 1 && first < last) ? { first, last } : undefined;
  }
}

function findLongNames(
  longNames: Automaton<LongName>,
  text: WordText,
  start: number,
  end: number,
  spelled: readonly number[],
  hit: (first: number, last: number) => void,
): void {
  const isSpelled = (first: number, last: number) =>
    spelled[last - start + 1]! - spelled[first - start]! === last - first + 1;
  let state = 0;
  for (let last = start; last < end; last++) {
    state = longNames.step(state, text.words[last]!.key);
    for (const { length, value: name } of longNames.matchesAt(state)) {
      const first = last - length + 1;
      const { required } = name;
      const counts =
        required === 'NONE' ||
        (required === 'ALL' ? isSpelled(first, last) : isSpelled(first + required.word, first + required.word));
      if (!counts) continue;
      hit(first, last);
      break; // shorter names that end here are part of it
    }
  }
}

/**
 * First and last name in one word: `MaxMustermann`, `mustermannmax`. Searches for a position that splits the word into
 * two names, so that pairs need not be listed.
 */
class NamesTogether {
  private readonly parts = { FIRST_NAME: new Parts(), LAST_NAME: new Parts() };

  add(kind: NameKind, name: readonly NameWord[]): void {
    const parts = this.parts[kind];
    parts.add(name.map(({ spelling }) => spelling).join(''));
    if (name.length > 1) for (const { spelling, identifying } of name) if (identifying) parts.add(spelling);
  }

  isFullName(text: WordText, { start, end, plain }: Word): boolean {
    const { FIRST_NAME: first, LAST_NAME: last } = this.parts;
    if (plain.length > MAX_JOINED_LETTERS || plain.length < first.shortest + last.shortest) return false;
    return (
      (first.isFollowedBy(last, plain) || last.isFollowedBy(first, plain)) &&
      isDistinctiveTogether(text.text.slice(start, end))
    );
  }
}

class Parts {
  private readonly spellings = new Set<string>();
  private readonly lengths = new Set<number>();
  shortest = Infinity;

  add(name: string): void {
    const plain = withoutMarks(name).toLowerCase();
    if (plain.length < MIN_NAME_LETTERS || isUnspacedScript(plain)) return;
    for (const spelling of [plain, withoutMarks(spelledOut(name)).toLowerCase(), coarse(plain)]) {
      this.spellings.add(spelling);
      this.lengths.add(spelling.length);
      this.shortest = Math.min(this.shortest, spelling.length);
    }
  }

  isFollowedBy(others: Parts, word: string): boolean {
    for (const length of this.lengths)
      if (
        others.lengths.has(word.length - length) &&
        this.spellings.has(word.slice(0, length)) &&
        others.spellings.has(word.slice(length))
      )
        return true;
    return false;
  }
}

function wordsOf(kind: NameKind, value: string): NameWord[] {
  const text = new WordText(value);
  const oneCase = inCapitals(value) || value === value.toLowerCase();
  return text.words.map(({ start, end, plain }) => {
    const spelling = value.slice(start, end);
    if (text.words.length === 1) return new NameWord(spelling, kind, true, plain.length >= MIN_NAME_LETTERS);
    const identifying = plain.length >= MIN_NAME_LETTERS && !PARTICLES.has(plain);
    const isName = oneCase || spelling.charAt(0) === spelling.charAt(0).toUpperCase();
    return new NameWord(spelling, kind, identifying, identifying && isName && plain.length >= MIN_PART_LETTERS);
  });
}

/**
 * `von der Heide` must be spelled as stored, since `von der heide` may be a place. A name with two words besides
 * particles need not be.
 */
function requiredOf(name: readonly NameWord[]): Required {
  if (name.filter(({ identifying }) => identifying).length > 1) return 'NONE';
  const word = name.findIndex(({ alone }) => alone);
  return word < 0 ? 'ALL' : { word };
}
