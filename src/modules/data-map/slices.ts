import { setImmediate } from 'node:timers/promises';

/** Upper bound on the delay of other requests, apart from the time of one text. */
const SLICE_MS = 2;

/** Splits a long computation into slices, and lets the event loop run between them. */
export class Slices {
  private began = performance.now();

  /** Returns at once; after a full slice, yields to the event loop first. */
  async next(): Promise<void> {
    if (performance.now() - this.began < SLICE_MS) return;
    await setImmediate();
    this.began = performance.now();
  }
}
