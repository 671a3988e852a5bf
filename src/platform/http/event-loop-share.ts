/**
 * Time on the event loop of one request, and of parsing and validating one kilobyte of its body. Measured with `npm run
 * bench -- hostile`, rounded.
 */
const REQUEST_MS = 0.5;
const KILOBYTE_MS = 0.07;
const KILOBYTE = 1024;

/** The part of the event loop that one caller gets. */
const SHARE = 1 / 4;
/** How far a caller may exceed the share before requests wait: a page sends several at once. */
const BURST_MS = 100;
const MAX_WAIT_MS = 2_000;

/**
 * Gives each caller a share of the event loop. Requests beyond the share wait until they are due, so that requests of
 * other callers run in between. It is a leaky bucket used as a meter (generic cell rate algorithm, ITU-T I.371); its
 * unit is a millisecond of work.
 */
export class EventLoopShare {
  /** When the last request of a caller is due; the caller who sent the latest request comes last. */
  private readonly dueAt = new Map<string, number>();

  /**
   * Adds a request to what the caller has sent.
   *
   * @param bytes of its body
   * @returns milliseconds to wait, or `null` when that exceeds the maximum; a refused request is not added
   */
  take(caller: string, bytes: number): number | null {
    const now = performance.now();
    this.removeIdle(now);
    const due = Math.max(this.dueAt.get(caller) ?? now, now);
    const wait = Math.max(0, due - BURST_MS - now);
    if (wait > MAX_WAIT_MS) return null;
    this.dueAt.delete(caller);
    this.dueAt.set(caller, due + (REQUEST_MS + (bytes / KILOBYTE) * KILOBYTE_MS) / SHARE);
    return wait;
  }

  /** Removes idle callers, oldest first, so that the map holds only callers whose requests are not due yet. */
  private removeIdle(now: number): void {
    for (const [caller, due] of this.dueAt) {
      if (due > now) return;
      this.dueAt.delete(caller);
    }
  }
}
