import type { WordText } from './word-text';

/** A place in the original text, `to` exclusive. */
export interface Hit {
  readonly from: number;
  readonly to: number;
}

/** Finds the values of one sort in a text; hits may overlap. */
export interface Recognizer {
  find(text: WordText, hits: Hit[]): void;
}
