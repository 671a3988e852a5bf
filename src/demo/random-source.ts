import { base, de, en, Faker } from '@faker-js/faker';
import { addDays, type BusinessDate } from '../kernel/business-date';
import { daysBetween } from './calendar';

export type Weighted<T> = readonly (readonly [weight: number, value: T])[];

/** The only source of randomness: the same seed produces the same data. */
export class RandomSource {
  readonly faker: Faker;

  constructor(seed: number) {
    this.faker = new Faker({ locale: [de, en, base], seed });
  }

  happens(probability: number): boolean {
    return this.faker.number.float() < probability;
  }

  integer(min: number, max: number): number {
    return this.faker.number.int({ min, max });
  }

  one<T>(values: readonly T[]): T {
    return this.faker.helpers.arrayElement(values);
  }

  some<T>(values: readonly T[], count: number): T[] {
    return this.faker.helpers.arrayElements(values, count);
  }

  weighted<T>(entries: Weighted<T>): T {
    return this.faker.helpers.weightedArrayElement(entries.map(([weight, value]) => ({ weight, value })));
  }

  /** A value with this probability, otherwise null. `make` draws random numbers only when it is called. */
  maybe<T>(probability: number, make: () => T): T | null {
    return this.happens(probability) ? make() : null;
  }

  /** Calls `make` between `min` and `max` times. */
  times<T>(min: number, max: number, make: () => T): T[] {
    return Array.from({ length: this.integer(min, max) }, make);
  }

  /** A date in the range, both ends inclusive; `from` when the range is empty. */
  date(from: BusinessDate, to: BusinessDate): BusinessDate {
    return addDays(from, this.integer(0, Math.max(0, daysBetween(from, to))));
  }

  /** An instant within German opening hours on that day. */
  openingHour(date: BusinessDate): string {
    const month = Number(date.slice(5, 7));
    const time = [this.integer(9, 18), this.integer(0, 59), this.integer(0, 59)].map((part) =>
      `${part}`.padStart(2, '0'),
    );
    return `${date}T${time.join(':')}${month >= 4 && month <= 9 ? '+02:00' : '+01:00'}`;
  }
}
