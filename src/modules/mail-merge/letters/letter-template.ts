import { PLACEHOLDERS, type Placeholder, type Recipient } from './letter';

const PLACEHOLDER = /\{\{\s*(\w+)\s*\}\}/g;
/** What is left of a placeholder that is not closed, or has no name. */
const BRACES = /\{\{|\}\}/;

const isKnown = (name: string): name is Placeholder => (PLACEHOLDERS as readonly string[]).includes(name);

/** The text of a letter, with placeholders such as `{{lastName}}`. */
export class LetterTemplate {
  private constructor(private readonly text: string) {}

  /** Null for a text with a placeholder that nothing is known for: it would be printed in every letter. */
  static of(text: string): LetterTemplate | null {
    const names = Array.from(text.matchAll(PLACEHOLDER), ([, name]) => name!);
    const isWhole = names.every(isKnown) && !BRACES.test(text.replace(PLACEHOLDER, ''));
    return isWhole ? new LetterTemplate(text) : null;
  }

  /** In one pass, so that a value which looks like a placeholder stays what it is. */
  filledIn(recipient: Recipient): string {
    return this.text.replace(PLACEHOLDER, (_, name: Placeholder) => recipient[name] ?? '');
  }
}
