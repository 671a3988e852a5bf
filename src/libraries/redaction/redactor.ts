import { BirthDateRecognizer } from './birth-date-recognizer';
import type { Identifier } from './identifier';
import { NameRecognizer } from './name-recognizer';
import type { Hit, Recognizer } from './recognizer';
import { ValueRecognizer } from './value-recognizer';
import { REDACTED, WordText } from './word-text';

export { REDACTED };

/** Cuts a text into words, or remembers how it did: an article's name stands on thousands of invoices. */
export type TextReader = (text: string) => WordText;

/**
 * Takes one customer's own identifying values out of the free texts that stay (domain rule, section 5). Whole words only, in the
 * spellings people use; everything outside a hit stays as it is, character by character. Redacting twice changes nothing more.
 */
export class Redactor {
  private compiled: readonly Recognizer[] | undefined;

  constructor(private readonly identifiers: readonly Identifier[]) {}

  /** The text with every identifying value replaced; the very same string when nothing was found. */
  redact(text: string, read: TextReader = (unread) => new WordText(unread)): string {
    // a replacement may leave a value standing alone that was part of a longer word before, such as an e-mail address
    for (let current = text; ;) {
      const hits = this.hits(read(current));
      if (hits.length === 0) return current;
      current = replace(current, hits);
    }
  }

  finds(text: string): boolean {
    return this.hits(new WordText(text)).length > 0;
  }

  private hits(words: WordText): Hit[] {
    const hits: Hit[] = [];
    // compiled late: most customers have no text that is kept
    this.compiled ??= compile(this.identifiers);
    for (const recognizer of this.compiled) recognizer.find(words, hits);
    return hits;
  }
}

function compile(identifiers: readonly Identifier[]): Recognizer[] {
  const names = new NameRecognizer();
  const values = new ValueRecognizer();
  const recognizers: Recognizer[] = [names, values];
  for (const { kind, value } of identifiers) {
    if (kind === 'FIRST_NAME' || kind === 'LAST_NAME' || kind === 'BIRTH_NAME') {
      names.add(kind === 'FIRST_NAME' ? kind : 'LAST_NAME', value);
    } else if (kind === 'BIRTH_DATE') {
      const birthDate = BirthDateRecognizer.of(value);
      if (birthDate) recognizers.push(birthDate);
    } else {
      values.add(kind, value);
    }
  }
  return recognizers;
}

/** Overlapping hits become one, so that the longest wins and no piece of a value is left over. */
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
    open = { ...hit };
  }
  return open ? result + text.slice(done, open.from) + REDACTED + text.slice(open.to) : text;
}
