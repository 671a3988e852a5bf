/** Counts what is in progress, per caller and in total, and limits both. */
export class Capacity {
  private readonly taken = new Map<string, number>();
  private inAll = 0;

  constructor(
    private readonly mostInAll: number,
    private readonly mostOfOne: number,
  ) {}

  get used(): number {
    return this.inAll;
  }

  isFull(): boolean {
    return this.inAll >= this.mostInAll;
  }

  isFullFor(caller: string): boolean {
    return (this.taken.get(caller) ?? 0) >= this.mostOfOne;
  }

  /** @returns a function that releases the slot; further calls are no-ops */
  take(caller: string): () => void {
    this.inAll++;
    this.taken.set(caller, (this.taken.get(caller) ?? 0) + 1);
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.inAll--;
      const left = this.taken.get(caller)! - 1;
      if (left > 0) this.taken.set(caller, left);
      else this.taken.delete(caller);
    };
  }
}
