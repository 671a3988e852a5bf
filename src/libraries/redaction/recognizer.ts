import type { WordText } from './word-text';

/** A position in the original text, `to` exclusive. */
export interface Hit {
  readonly from: number;
  readonly to: number;
  /** Counts only when another hit ends one character before it, or begins one character after it. */
  readonly needs?: { readonly before: boolean; readonly behind: boolean };
}

/** Finds the values of one sort in a text, in time linear to its length; hits may overlap. */
export interface Recognizer {
  find(text: WordText, hits: Hit[]): void;
}
