const JITTER = 0.1;

/** Up to a tenth shorter, at random: processes that started or failed together do not act together again. */
export const jittered = (milliseconds: number): number => milliseconds * (1 - JITTER * Math.random());

/** Pauses between attempts that fail: each is twice as long as the one before, up to a maximum. */
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

  /** Milliseconds to pause after another failure. */
  next(): number {
    const pause = jittered(this.pauseMs);
    this.notBefore = performance.now() + pause;
    this.pauseMs = Math.min(this.pauseMs * 2, this.maxMs);
    return pause;
  }

  /** An attempt has succeeded: the next failure begins with the shortest pause again. */
  reset(): void {
    this.pauseMs = this.firstMs;
    this.notBefore = 0;
  }
}
