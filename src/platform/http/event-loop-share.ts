/**
 * Time on the event loop of one request, and of parsing and validating one kilobyte of its body. Rounded measurements
 * of `npm run bench -- hostile`.
 */
const REQUEST_MS = 0.5;
const KILOBYTE_MS = 0.07;
const KILOBYTE = 1024;

/** The fraction of the event loop that one caller may use. */
const SHARE = 1 / 4;
/** How far a caller may exceed the share before requests wait. A page sends several requests at once. */
const MAX_BURST_MS = 100;
const MAX_WAIT_MS = 2_000;

/**
 * Gives each caller a share of the event loop. Requests beyond the share wait until they are due, so that requests of
 * other callers run in between. This is a leaky bucket used as a meter (generic cell rate algorithm, ITU-T I.371),
 * which counts milliseconds of work.
 */
export class EventLoopShare {
  /** Time at which the last request of each caller is due. The most recent caller comes last. */
  private readonly dueAt = new Map<string, number>();

  /**
   * Adds a request to the caller's share.
   *
   * @param bytes size of the body
   * @returns milliseconds to wait, or null when the wait would exceed the maximum; the request is then not counted
   */
  take(caller: string, bytes: number): number | null {
    const now = performance.now();
    this.removeIdle(now);
    const due = Math.max(this.dueAt.get(caller) ?? now, now);
    const wait = Math.max(0, due - MAX_BURST_MS - now);
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
