import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { hasEnded, isWorking } from '../state/run-state';
import { RunQueries } from './run-queries';
import type { RunResponse } from './run.response';

/** Interval between two checks of a run. */
const CHECK_INTERVAL_MS = 1_000;

/**
 * Streams the progress of runs. Clients that watch the same run share one query, and without clients there is none. A
 * slow client gets the current state, not the states in between.
 */
@Injectable()
export class RunWatch implements OnModuleDestroy {
  private readonly checks = new Map<string, Promise<RunResponse>>();
  private readonly closing = new AbortController();

  constructor(private readonly queries: RunQueries) {}

  /**
   * Yields the run now, then repeatedly while it works and when its state changes; `null` when nothing has changed.
   * Ends with the run, when the client disconnects or loses its permission, and at shutdown.
   *
   * @throws DomainError `ANONYMIZATION_RUN_NOT_FOUND`
   */
  async *watch(
    runId: string,
    hasGone: () => boolean,
    mayWatch: () => Promise<boolean>,
  ): AsyncGenerator<RunResponse | null> {
    let run = await this.share(`now ${runId}`, () => this.queries.get(runId));
    yield run;
    while (!hasEnded(run.state) && !this.closing.signal.aborted) {
      const seen = run;
      run = await this.share(`next ${runId}`, () => this.checkAgain(seen));
      if (hasGone() || this.closing.signal.aborted || !(await mayWatch())) return;
      yield run === seen ? null : run;
    }
  }

  /** Ends open streams, which would keep the server from closing. */
  onModuleDestroy(): void {
    this.closing.abort();
  }

  /** Returns the same object when nothing can have changed, to avoid counting the customers of a waiting run. */
  private async checkAgain(seen: RunResponse): Promise<RunResponse> {
    // interrupted at shutdown
    await delay(CHECK_INTERVAL_MS, undefined, { signal: this.closing.signal }).catch(() => undefined);
    if (this.closing.signal.aborted) return seen;
    if (!isWorking(seen.state) && (await this.queries.stateOf(seen.id)) === seen.state) return seen;
    return this.queries.get(seen.id);
  }

  private share(key: string, check: () => Promise<RunResponse>): Promise<RunResponse> {
    const shared = this.checks.get(key) ?? check().finally(() => this.checks.delete(key));
    this.checks.set(key, shared);
    return shared;
  }
}
