import { Injectable } from '@nestjs/common';

/** Seconds. */
export const DURATION_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

export interface Answer {
  readonly method: string;
  /** its pattern: a URL may hold values */
  readonly route: string;
  readonly status: number;
}

export interface AnswerCount extends Answer {
  readonly count: number;
}

export interface Durations {
  readonly method: string;
  readonly route: string;
  /** for each of {@link DURATION_BUCKETS}, how many took no longer */
  readonly buckets: readonly number[];
  /** seconds of all of them together */
  readonly sum: number;
  readonly count: number;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** What was answered since the process started. */
@Injectable()
export class RequestStatistics {
  private readonly byAnswer = new Map<string, Mutable<AnswerCount>>();
  private readonly byRoute = new Map<string, Mutable<Durations> & { buckets: number[] }>();

  get answers(): readonly AnswerCount[] {
    return [...this.byAnswer.values()];
  }

  get durations(): readonly Durations[] {
    return [...this.byRoute.values()];
  }

  count({ method, route, status }: Answer, seconds: number): void {
    const answer = entryOf(this.byAnswer, `${method} ${route} ${status}`, () => ({ method, route, status, count: 0 }));
    answer.count++;
    const durations = entryOf(this.byRoute, `${method} ${route}`, () => ({
      method,
      route,
      buckets: DURATION_BUCKETS.map(() => 0),
      sum: 0,
      count: 0,
    }));
    DURATION_BUCKETS.forEach((limit, index) => {
      if (seconds <= limit) durations.buckets[index]!++;
    });
    durations.sum += seconds;
    durations.count++;
  }
}

function entryOf<T>(entries: Map<string, T>, key: string, create: () => T): T {
  const entry = entries.get(key) ?? create();
  entries.set(key, entry);
  return entry;
}
