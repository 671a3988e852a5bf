/** Consecutive numbers per series, so that every key is unique. */
export class NumberSeries {
  private readonly last = new Map<string, number>();

  next(series: string): number {
    const next = (this.last.get(series) ?? 0) + 1;
    this.last.set(series, next);
    return next;
  }

  /** `RE-2023-000017` */
  label(series: string): string {
    return `${series}-${this.digits(series, 6)}`;
  }

  digits(series: string, length: number): string {
    return `${this.next(series)}`.padStart(length, '0');
  }
}
