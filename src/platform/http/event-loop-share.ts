/** What a request takes of the event loop, and each kilobyte of its body with parsing and validation. Measured with `npm run bench -- hostile`, rounded. */
const REQUEST_MS = 0.5;
const KILOBYTE_MS = 0.07;
const KILOBYTE = 1024;

/** Of the event loop, for one caller. */
const SHARE = 1 / 4;
/** So far ahead of the share a caller may get before having to wait: pages send several requests at once. */
const BURST_MS = 100;
const LONGEST_WAIT_MS = 2_000;

/**
 * Gives each caller a share of the event loop. What goes beyond it waits until it is due, so that everybody else's requests pass in between. The leaky bucket
 * as a meter (ITU-T I.371, generic cell rate algorithm), whose cells are milliseconds of work.
 */
export class EventLoopShare {
  /** The instant at which all that a caller has sent is due. Who sent something last stands last. */
  private readonly dueAt = new Map<string, number>();

  /**
   * Enters a request into the caller's account.
   *
   * @param bytes of its body
   * @returns milliseconds for which it has to wait; `null` when that would be longer than anybody should, and nothing is entered
   */
  take(caller: string, bytes: number): number | null {
    const now = performance.now();
    this.forgetOldest(now);
    const due = Math.max(this.dueAt.get(caller) ?? now, now);
    const wait = Math.max(0, due - BURST_MS - now);
    if (wait > LONGEST_WAIT_MS) return null;
    this.dueAt.delete(caller);
    this.dueAt.set(caller, due + (REQUEST_MS + (bytes / KILOBYTE) * KILOBYTE_MS) / SHARE);
    return wait;
  }

  /** Those who sent nothing for longest, and owe nothing: the map stays as small as the number of callers who do. */
  private forgetOldest(now: number): void {
    for (const [caller, due] of this.dueAt) {
      if (due > now) return;
      this.dueAt.delete(caller);
    }
  }
}
