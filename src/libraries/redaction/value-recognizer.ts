import { Automaton } from './automaton';
import { compact } from './compact';
import { wordsOfCopiedName } from './copied-name';
import { isDistinctiveTogether } from './joined-names';
import type { Hit, Recognizer } from './recognizer';
import { spelledOut, withoutMarks } from './spelling';
import { BEGINNING, beginningAt, type Lettering, WordText } from './word-text';

/** Values that consist of consecutive letters and digits in a text. */
export type ValueKind = 'COMPANY_NAME' | 'COPIED_NAME' | 'STREET' | 'EMAIL' | 'IBAN' | 'NUMBER';

/** Confirms a match and returns the hit, or undefined. Its time must not exceed the length of the match. */
type Confirm = (text: WordText, first: number, last: number) => Hit | undefined;

/** Patterns that are compared in the same way: whole words, separated only by `gap`. */
class Group {
  readonly patterns: { readonly letters: string; readonly confirm: Confirm }[] = [];
  /** the beginnings of the patterns; most texts contain none of them */
  private readonly beginnings = new Set<number>();
  private automaton: Automaton<Confirm> | undefined;

  constructor(
    readonly lettering: Lettering,
    readonly gap: RegExp,
  ) {}

  add(letters: string, confirm: Confirm): void {
    this.patterns.push({ letters, confirm });
    this.beginnings.add(beginningAt(letters, 0));
  }

  find(text: WordText, hits: Hit[]): void {
    const letters = text.letters(this.lettering);
    if (!letters.beginnings.some((beginning) => this.beginnings.has(beginning))) return;
    this.automaton ??= this.compile();
    const wordAt = new Map<number, number>();
    let state = 0;
    for (let word = 0; word < text.words.length; word++) {
      const [start, end] = [letters.starts[word]!, letters.starts[word + 1]!];
      if (word > 0 && !this.gap.test(text.gapAfter(word - 1))) state = 0;
      if (start === end) continue;
      wordAt.set(start, word);
      for (let at = start; at < end; at++) state = this.automaton.step(state, letters.text[at]!);
      const hit = this.longest(text, state, end, word, wordAt);
      if (hit) hits.push(hit);
    }
  }

  /** The longest confirmed match that ends with a word. Shorter ones are part of it. */
  private longest(
    text: WordText,
    state: number,
    end: number,
    last: number,
    wordAt: ReadonlyMap<number, number>,
  ): Hit | undefined {
    for (const { length, value: confirm } of this.automaton!.matchesAt(state)) {
      const first = wordAt.get(end - length);
      const hit = first === undefined ? undefined : confirm(text, first, last);
      if (hit) return hit;
    }
    return undefined;
  }

  private compile(): Automaton<Confirm> {
    const automaton = new Automaton<Confirm>();
    for (const { letters, confirm } of this.patterns) automaton.add(letters, confirm);
    return automaton;
  }
}

/** Shorter numbers would match quantities and prices. */
const MIN_NUMBER_CHARACTERS = 4;
const MIN_NAME_LETTERS = BEGINNING;
/** A character that does more than group digits. */
const OTHER_SIGN = /[^\p{L}\p{M}\p{N}\s/\-‐-―]/u;

const NUMBER_GAP = /^[\s/\-‐-―]{1,5}$/;
const IBAN_GAP = /^[\s/.\-‐-―]{1,5}$/;
const STREET_GAP = /^[\s/\-‐-―.,]+$/;
/** Separators within a company's short name. A comma is not among them, because it separates list items. */
const SHORT_NAME_GAP = /^[\s&+.\-‐-―]+$/;
const ANY_GAP = /^[^\p{L}\p{N}]+$/u;
/** Legal forms at the end of a company name, which are often omitted. */
const LEGAL_FORMS = new Set(
  'gmbh mbh ag kg ohg gbr ug co ek ev eg se inc ltd llc partg haftungsbeschrankt und'.split(' '),
);

/** How each kind of value is compared. */
const GROUPS = {
  NAMES: { lettering: 'key', gap: ANY_GAP },
  SHORT_NAMES: { lettering: 'key', gap: SHORT_NAME_GAP },
  STREETS: { lettering: 'street', gap: STREET_GAP },
  EMAILS: { lettering: 'plain', gap: ANY_GAP },
  IBANS: { lettering: 'plain', gap: IBAN_GAP },
  NUMBERS: { lettering: 'plain', gap: NUMBER_GAP },
} as const;
type GroupName = keyof typeof GROUPS;

/**
 * Finds company names, copied names, streets, e-mail addresses, IBANs and the numbers of cards and vouchers, in any
 * case and with added or omitted blanks and separators.
 */
export class ValueRecognizer implements Recognizer {
  private readonly groups: { [name in GroupName]?: Group } = {};
  /** company names of one word by key; umlauts must match (`Bär` is not `bar`) */
  private readonly loneWords = new Map<string, Set<string>>();

  add(kind: ValueKind, value: string): void {
    switch (kind) {
      case 'COMPANY_NAME':
        return this.addCompany(value);
      case 'COPIED_NAME':
        return this.addCopiedName(value);
      case 'STREET':
        return add(this.group('STREETS'), value, MIN_NUMBER_CHARACTERS);
      case 'EMAIL':
        return this.addEmail(value);
      case 'IBAN':
        return addPlain(this.group('IBANS'), value);
      case 'NUMBER':
        // a number with dots or similar signs is matched with them; otherwise `1.250` EUR would match card 1250
        return addPlain(this.group(OTHER_SIGN.test(value) ? 'EMAILS' : 'NUMBERS'), value);
    }
  }

  find(text: WordText, hits: Hit[]): void {
    for (const group of Object.values(this.groups)) group.find(text, hits);
    if (this.loneWords.size === 0) return;
    for (const word of text.words)
      if (this.loneWords.get(word.key)?.has(spelledOut(text.spelling(word)).toLowerCase()))
        hits.push({ from: word.start, to: word.end });
  }

  private addCompany(value: string): void {
    const text = new WordText(value);
    const [word, second] = text.words;
    if (word === undefined) return;
    if (second === undefined) {
      const spellings = this.loneWords.get(word.key) ?? new Set();
      this.loneWords.set(word.key, spellings.add(spelledOut(text.spelling(word)).toLowerCase()));
      return;
    }
    add(this.group('NAMES'), value, MIN_NAME_LETTERS);
    const named = text.words.filter(({ key }) => !LEGAL_FORMS.has(key) && key.length > 1);
    if (named.length > 1 && named.length < text.words.length)
      addWords(
        this.group('SHORT_NAMES'),
        named.map(({ key }) => key),
      );
  }

  /** Adds a copied name, with two words in either order. A single word identifies no person. */
  private addCopiedName(value: string): void {
    const words = wordsOfCopiedName(value);
    if (words.length < 2) return;
    addWords(this.group('NAMES'), words);
    if (words.length === 2) addWords(this.group('NAMES'), words.toReversed());
  }

  private addEmail(value: string): void {
    const wanted = withoutMarks(value)
      .toLowerCase()
      .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
    const confirm: Confirm = (text, first, last) => emailHit(text, first, last, wanted);
    addPlain(this.group('EMAILS'), value, confirm);
    // `hans (at) example.org`
    const [local = '', domain = ''] = wanted.split('@');
    if (domain !== '') addPlain(this.group('EMAILS'), `${local}at${domain}`, confirm);
  }

  private group(name: GroupName): Group {
    return (this.groups[name] ??= new Group(GROUPS[name].lettering, GROUPS[name].gap));
  }
}

/** Adds a value that is compared by its plain letters and digits. */
function addPlain(group: Group, value: string, confirm: Confirm = wholeMatch): void {
  const letters = compact(value);
  if (letters.length >= MIN_NUMBER_CHARACTERS) group.add(letters, confirm);
}

function add(group: Group, value: string, shortest: number, confirm: Confirm = wholeMatch): void {
  const { text: letters } = new WordText(value).letters(group.lettering);
  if (letters.length >= shortest) group.add(letters, confirm);
}

function addWords(group: Group, keys: readonly string[]): void {
  const letters = keys.join('');
  if (letters.length >= MIN_NAME_LETTERS) group.add(letters, severalWordsOrLong);
}

const wholeMatch: Confirm = ({ words }, first, last) => ({ from: words[first]!.start, to: words[last]!.end });

/** Rejects a short name joined to one word, which is another word unless it has an inner capital. */
const severalWordsOrLong: Confirm = (text, first, last) =>
  first < last || isDistinctiveTogether(text.spelling(text.words[first]!)) ? wholeMatch(text, first, last) : undefined;

const AT_SIGN = /\s*[([{]\s*at\s*[)\]}]\s*/i;

/**
 * Rejects other addresses: `max.hans@example.org` and `hans@example.org.uk`. A capital after the dot begins a sentence.
 */
function emailHit({ text, words }: WordText, first: number, last: number, wanted: string): Hit | undefined {
  const [from, to] = [words[first]!.start, words[last]!.end];
  if (withoutMarks(text.slice(from, to)).toLowerCase().replace(AT_SIGN, '@') !== wanted) return undefined;
  const needs = {
    before: /[\p{L}\p{M}\p{N}][.+_%-]$/u.test(text.slice(Math.max(0, from - 3), from)),
    behind: /^[.-][\p{Ll}\p{N}]/u.test(text.slice(to, to + 3)),
  };
  return needs.before || needs.behind ? { from, to, needs } : { from, to };
}
