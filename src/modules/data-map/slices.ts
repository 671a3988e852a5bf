import { setImmediate } from 'node:timers/promises';

/** Other requests wait no longer than this, plus the time of one text. */
const SLICE_MS = 2;

/** Cuts a long computation into slices, between which the event loop serves others. */
export class Slices {
  private began = performance.now();

  /** Returns at once, or after others were served when the slice has taken long enough. */
  async next(): Promise<void> {
    if (performance.now() - this.began < SLICE_MS) return;
    await setImmediate();
    this.began = performance.now();
  }
}
