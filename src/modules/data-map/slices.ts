import { setImmediate } from 'node:timers/promises';

/** Longest delay of other requests in milliseconds, apart from the time of one text. */
const SLICE_MS = 2;

/** Splits a long computation into slices, between which the event loop runs. */
export class Slices {
  private began = performance.now();

  /** Returns immediately, or after yielding to the event loop when the slice is used up. */
  async next(): Promise<void> {
    if (performance.now() - this.began < SLICE_MS) return;
    await setImmediate();
    this.began = performance.now();
  }
}
