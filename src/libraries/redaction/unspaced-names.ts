import { Automaton } from './automaton';
import { isUnspacedScript, hasUnspacedScript, MIN_UNSPACED_LETTERS } from './joined-names';
import type { Hit } from './recognizer';

const NOT_ASCII = /[\u0080-\uffff]/;

/**
 * Finds full names in scripts without blanks (Han, Kana, Hangul, Thai, Lao, Khmer, Myanmar): first + last or last +
 * first, also within a longer run of letters. A lone name does not count there, since it may be part of another word.
 */
export class UnspacedNames {
  private first: Ends | undefined;
  private last: Ends | undefined;

  add(kind: 'FIRST_NAME' | 'LAST_NAME', value: string): void {
    if (!NOT_ASCII.test(value) || !isUnspacedScript(value)) return;
    const name = value.replace(/\s+/g, '');
    const ends = kind === 'FIRST_NAME' ? (this.first ??= new Ends()) : (this.last ??= new Ends());
    // the text may be in either normal form
    for (const form of new Set([name.normalize('NFC'), name.normalize('NFD')])) ends.add(form);
  }

  find(text: string, hits: Hit[]): void {
    if (this.first === undefined || this.last === undefined || !hasUnspacedScript(text)) return;
    for (const [before, behind] of [
      [this.first, this.last],
      [this.last, this.first],
    ] as const) {
      const ending = before.lengthsEndingAt(text);
      const beginning = behind.lengthsBeginningAt(text);
      for (let at = 1; at < text.length; at++) {
        const [head, tail] = [ending[at]!, beginning[at]!];
        if (head > 0 && tail > 0 && head + tail >= MIN_UNSPACED_LETTERS) hits.push({ from: at - head, to: at + tail });
      }
    }
  }
}

/** Positions in a text at which names end and begin. */
class Ends {
  private readonly forward = new Automaton<null>();
  private readonly backward = new Automaton<null>();

  add(name: string): void {
    this.forward.add(name, null);
    this.backward.add([...reversed(name)], null);
  }

  /** For each position, the length of the longest name that ends there, or 0. */
  lengthsEndingAt(text: string): number[] {
    return longestAt(this.forward, text);
  }

  /** For each position, the length of the longest name that begins there, or 0. */
  lengthsBeginningAt(text: string): number[] {
    return longestAt(this.backward, reversed(text)).reverse();
  }
}

function longestAt(automaton: Automaton<null>, text: string): number[] {
  const lengths = [0];
  let state = 0;
  for (let at = 0; at < text.length; at++) {
    state = automaton.step(state, text[at]!);
    lengths.push(automaton.longestAt(state));
  }
  return lengths;
}

const reversed = (text: string) => text.split('').reverse().join('');
