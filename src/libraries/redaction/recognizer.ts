import type { WordText } from './word-text';

/** A position in the original text, `to` exclusive. */
export interface Hit {
  readonly from: number;
  readonly to: number;
  /** The hit counts only if another hit ends one character before it, or begins one character after it. */
  readonly needs?: { readonly before: boolean; readonly behind: boolean };
}

/** Finds values of one kind in a text, in linear time. Hits may overlap. */
export interface Recognizer {
  find(text: WordText, hits: Hit[]): void;
}
