import { PLACEHOLDERS, type Placeholder, type Recipient } from './letter';

const PLACEHOLDER = /\{\{\s*(\w+)\s*\}\}/g;
/** Braces that belong to no valid placeholder: one that is not closed, or has no name. */
const BRACES = /\{\{|\}\}/;

const isKnown = (name: string): name is Placeholder => (PLACEHOLDERS as readonly string[]).includes(name);

/** The text of a letter, with placeholders such as `{{lastName}}`. */
export class LetterTemplate {
  private constructor(private readonly text: string) {}

  /** Returns null when the text has an unknown or malformed placeholder, which would be printed in every letter. */
  static of(text: string): LetterTemplate | null {
    const names = Array.from(text.matchAll(PLACEHOLDER), ([, name]) => name!);
    const isWhole = names.every(isKnown) && !BRACES.test(text.replace(PLACEHOLDER, ''));
    return isWhole ? new LetterTemplate(text) : null;
  }

  /** Fills the placeholders in one pass, so that a value that looks like a placeholder is not expanded. */
  filledIn(recipient: Recipient): string {
    return this.text.replace(PLACEHOLDER, (_, name: Placeholder) => recipient[name] ?? '');
  }
}
