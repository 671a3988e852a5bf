const JITTER = 0.1;

/**
 * Shortens the time by a random part of up to a tenth, so that processes that started or failed together spread out.
 */
export const jittered = (milliseconds: number): number => milliseconds * (1 - JITTER * Math.random());

/** Exponential back-off: each pause is twice as long as the previous one, up to a maximum. */
export class BackOff {
  private pauseMs: number;
  private notBefore = 0;

  constructor(
    private readonly firstMs: number,
    private readonly maxMs: number,
  ) {
    this.pauseMs = firstMs;
  }

  /** False from a failure until its pause is over. */
  get isOver(): boolean {
    return performance.now() >= this.notBefore;
  }

  /** Records a failure and returns the milliseconds to pause. */
  next(): number {
    const pause = jittered(this.pauseMs);
    this.notBefore = performance.now() + pause;
    this.pauseMs = Math.min(this.pauseMs * 2, this.maxMs);
    return pause;
  }

  /** Resets the pause to the shortest after a success. */
  reset(): void {
    this.pauseMs = this.firstMs;
    this.notBefore = 0;
  }
}
