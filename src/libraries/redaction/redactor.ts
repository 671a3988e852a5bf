import { BirthDateRecognizer } from './birth-date-recognizer';
import { valuesOf } from './cell';
import type { Identifier, IdentifierKind } from './identifier';
import { NameRecognizer } from './name-recognizer';
import { PhoneRecognizer } from './phone-recognizer';
import type { Hit, Recognizer } from './recognizer';
import { ValueRecognizer } from './value-recognizer';
import { REDACTED, type TextReader, WordText } from './word-text';

export type RedactionScope = 'ALL' | 'UNMISTAKABLE';

/**
 * Removes one customer's identifying values from the free texts that are kept. It matches whole words in common
 * spellings; everything outside a hit stays unchanged. Redaction is idempotent. The time depends on the length of the
 * text, not on the number of values.
 */
export class Redactor {
  /** compiled lazily: many customers have no kept text, and many texts contain no number */
  private inWords: readonly Recognizer[] | undefined;
  private inSigns: readonly Recognizer[] | undefined;
  /** texts in which nothing was found; many records contain the same text, and the proof reads all of them again */
  private readonly clean = new Set<string>();

  /**
   * @param cells the customer's values as stored; each may contain several, see `valuesIn`
   * @param scope `UNMISTAKABLE` leaves out values that may be a common word, a brand or a date: lone names, companies,
   *   streets without a number, birth dates. It is meant for columns that are not redacted.
   */
  constructor(
    private readonly cells: readonly Identifier[],
    private readonly scope: RedactionScope = 'ALL',
  ) {}

  /** Replaces every identifying value. Returns the same string when nothing was found. */
  redact(text: string, read: TextReader = (unread) => new WordText(unread)): string {
    // Removing a number separates the letters next to it, which may be a name: `Tel01711234567`. One repetition is
    // enough, since only numbers split words.
    for (let current = text; ;) {
      const hits = this.hits(current, read);
      if (hits.length === 0) return current;
      current = replace(current, hits);
    }
  }

  finds(text: string, read: TextReader = (unread) => new WordText(unread)): boolean {
    return this.hits(text, read).length > 0;
  }

  private hits(text: string, read: TextReader): Hit[] {
    if (this.clean.has(text)) return [];
    const hits = this.findHits(read(text));
    if (hits.length === 0) this.clean.add(text);
    return hits;
  }

  private findHits(words: WordText): Hit[] {
    const hits: Hit[] = [];
    const find = (recognizers: readonly Recognizer[]) => {
      for (const recognizer of recognizers) recognizer.find(words, hits);
    };
    find((this.inWords ??= this.compile((cell) => !needsSigns(cell))));
    if (words.digits.text.length >= MIN_DIGITS || ADDRESS_SIGN.test(words.text))
      find((this.inSigns ??= this.compile(needsSigns)));
    return hits.some(({ needs }) => needs !== undefined) ? withNeighbours(hits) : hits;
  }

  private compile(isMeant: (cell: Identifier) => boolean): Recognizer[] {
    const values = valuesOf(this.cells);
    return compile(
      this.cells.flatMap((cell, index) => (isMeant(cell) ? values[index]! : [])),
      this.scope,
    );
  }
}

/** Minimum digits of the values of {@link needsSigns}. */
const MIN_DIGITS = 3;
/** A sign of an e-mail address, also in `hans (at) example.org`. */
const ADDRESS_SIGN = /[@([{]/;

const OF_SIGNS: ReadonlySet<IdentifierKind> = new Set(['PHONE', 'IBAN', 'NUMBER', 'BIRTH_DATE', 'NOTE']);

/**
 * Whether all values of the cell contain digits or signs of an e-mail address. In a cell with angle brackets, a name
 * may precede the address.
 */
const needsSigns = ({ kind, value }: Identifier) => OF_SIGNS.has(kind) || (kind === 'EMAIL' && !value.includes('<'));

function compile(values: readonly Identifier[], scope: RedactionScope): Recognizer[] {
  const names = new NameRecognizer(scope === 'ALL');
  const others = new ValueRecognizer();
  const phones = new PhoneRecognizer();
  const birthDates: Recognizer[] = [];
  const copied: string[] = [];
  for (const { kind, value } of values) {
    if (scope === 'UNMISTAKABLE' && MISTAKABLE[kind]?.(value)) continue;
    switch (kind) {
      case 'FIRST_NAME':
      case 'LAST_NAME':
      case 'BIRTH_NAME':
        names.add(kind, value);
        break;
      case 'PHONE':
        phones.add(value);
        break;
      case 'BIRTH_DATE':
        birthDates.push(...BirthDateRecognizer.of(value));
        break;
      case 'COPIED_NAME':
        copied.push(value);
        others.add(kind, value);
        break;
      case 'ADDRESS':
      case 'NOTE':
        break; // valuesIn returns their values
      case 'COMPANY_NAME':
      case 'STREET':
      case 'EMAIL':
      case 'IBAN':
      case 'NUMBER':
        others.add(kind, value);
    }
  }
  for (const name of copied) names.addCopied(name);
  return [names, others, phones, ...birthDates];
}

const isInitial = (name: string) => name.replace(/[^\p{L}]/gu, '').length < 2;

/** Whether a value may be a common word, a brand or a date. */
const MISTAKABLE: Partial<Record<IdentifierKind, (value: string) => boolean>> = {
  COMPANY_NAME: () => true,
  COPIED_NAME: () => true,
  BIRTH_DATE: () => true,
  STREET: (street) => !/\d/.test(street) || !/\p{L}/u.test(street),
  FIRST_NAME: isInitial,
  LAST_NAME: isInitial,
  BIRTH_NAME: isInitial,
  NUMBER: (number) => number.replace(/[^\p{L}\p{N}]/gu, '').length < MIN_UNMISTAKABLE_CHARACTERS,
  IBAN: (number) => number.replace(/[^\p{L}\p{N}]/gu, '').length < MIN_UNMISTAKABLE_CHARACTERS,
};
const MIN_UNMISTAKABLE_CHARACTERS = 6;

/**
 * Removes hits that need an adjacent hit and have none. Passes in both directions, because a hit may depend on another
 * dependent hit.
 */
function withNeighbours(hits: readonly Hit[]): Hit[] {
  const begins = new Set<number>();
  const ends = new Set<number>();
  const accepted = new Set<Hit>();
  const accept = (hit: Hit) => {
    if (accepted.has(hit)) return;
    const { from, to, needs } = hit;
    if (needs?.before && !ends.has(from - 1)) return;
    if (needs?.behind && !begins.has(to + 1)) return;
    accepted.add(hit);
    begins.add(from);
    ends.add(to);
  };
  const sorted = hits.toSorted((a, b) => a.from - b.from);
  for (const hit of sorted) if (hit.needs === undefined) accept(hit);
  for (const hit of sorted) accept(hit);
  for (const hit of sorted.toReversed()) accept(hit);
  return [...accepted];
}

/** Merges overlapping hits, so that the longest wins and no part of a value remains. */
function replace(text: string, hits: Hit[]): string {
  let result = '';
  let done = 0;
  let open: { from: number; to: number } | undefined;
  for (const hit of hits.sort((a, b) => a.from - b.from)) {
    if (open && hit.from < open.to) {
      open.to = Math.max(open.to, hit.to);
      continue;
    }
    if (open) {
      result += text.slice(done, open.from) + REDACTED;
      done = open.to;
    }
    open = { from: hit.from, to: hit.to };
  }
  return open ? result + text.slice(done, open.from) + REDACTED + text.slice(open.to) : text;
}
