/** A pattern that ends at the current state. */
export interface Match<Value> {
  /** number of symbols */
  readonly length: number;
  readonly value: Value;
}

/**
 * Finds many patterns in one pass (Aho and Corasick, 1975): the time depends on the length of the text, not on the
 * number of patterns. A symbol is a letter or a whole word.
 */
export class Automaton<Value> {
  private readonly next: Map<string, number>[] = [new Map<string, number>()];
  private readonly matches: (Match<Value> | undefined)[] = [undefined];
  /** per state: the state of its longest proper suffix, and the nearest such state in which a pattern ends */
  private readonly suffix: number[] = [0];
  private readonly shorter: number[] = [0];
  private isLinked = true;

  add(symbols: Iterable<string>, value: Value): void {
    let state = 0;
    let length = 0;
    for (const symbol of symbols) {
      let following = this.next[state]!.get(symbol);
      if (following === undefined) {
        following = this.next.push(new Map()) - 1;
        this.next[state]!.set(symbol, following);
        this.matches.push(undefined);
      }
      state = following;
      length++;
    }
    if (state !== 0) this.matches[state] ??= { length, value };
    this.isLinked = false;
  }

  /** Returns the next state after a symbol; 0 is the initial state. */
  step(state: number, symbol: string): number {
    if (!this.isLinked) this.link();
    for (let from = state; ; from = this.suffix[from]!) {
      const following = this.next[from]!.get(symbol);
      if (following !== undefined) return following;
      if (from === 0) return 0;
    }
  }

  /** Yields the patterns that end in a state, longest first. */
  *matchesAt(state: number): Generator<Match<Value>> {
    for (let at = state; at !== 0; at = this.shorter[at]!) {
      const match = this.matches[at];
      if (match !== undefined) yield match;
    }
  }

  /** Length of the longest pattern that ends in a state, or 0. */
  longestAt(state: number): number {
    for (const { length } of this.matchesAt(state)) return length;
    return 0;
  }

  /** Links states breadth first, so that the suffixes of a state are linked before it. */
  private link(): void {
    const queue = [...this.next[0]!.values()];
    for (const state of queue) [this.suffix[state], this.shorter[state]] = [0, 0];
    for (const state of queue) {
      for (const [symbol, following] of this.next[state]!) {
        let from = this.suffix[state]!;
        while (from !== 0 && !this.next[from]!.has(symbol)) from = this.suffix[from]!;
        const suffix = this.next[from]!.get(symbol) ?? 0;
        this.suffix[following] = suffix;
        this.shorter[following] = this.matches[suffix] === undefined ? this.shorter[suffix]! : suffix;
        queue.push(following);
      }
    }
    this.isLinked = true;
  }
}
