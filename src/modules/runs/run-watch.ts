import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { hasEnded, isWorking } from './run-state';
import { RunView } from './run-view';
import type { RunResponse } from './run.response';

/** Milliseconds between looks. */
const LOOK_MS = 1_000;

/**
 * Lets spectators watch runs. Those who wait for news of the same run share one look at the database, and there is none while nobody waits. Nobody is
 * told what is over: a slow spectator gets the state of now.
 */
@Injectable()
export class RunWatch implements OnModuleDestroy {
  private readonly looks = new Map<string, Promise<RunResponse>>();
  private readonly closing = new AbortController();

  constructor(private readonly view: RunView) {}

  /**
   * The run now, then again and again while it works, and when its state changes; `null` where there is no news. Ends with the run, when the spectator
   * has gone or may not watch any more, and when the product stops.
   *
   * @throws DomainError `ANONYMIZATION_RUN_NOT_FOUND`
   */
  async *watch(
    runId: string,
    hasGone: () => boolean,
    mayWatch: () => Promise<boolean>,
  ): AsyncGenerator<RunResponse | null> {
    let run = await this.share(`now ${runId}`, () => this.view.get(runId));
    yield run;
    while (!hasEnded(run.state) && !this.closing.signal.aborted) {
      const seen = run;
      run = await this.share(`next ${runId}`, () => this.next(seen));
      if (hasGone() || this.closing.signal.aborted || !(await mayWatch())) return;
      yield run === seen ? null : run;
    }
  }

  /** Spectators would keep the server from closing. */
  onModuleDestroy(): void {
    this.closing.abort();
  }

  /** The same object when nothing can have changed: counting the customers of a run that waits would be for nothing. */
  private async next(seen: RunResponse): Promise<RunResponse> {
    await delay(LOOK_MS, undefined, { signal: this.closing.signal }).catch(() => undefined); // cut short by the end of the product
    if (this.closing.signal.aborted) return seen;
    if (!isWorking(seen.state) && (await this.view.stateOf(seen.id)) === seen.state) return seen;
    return this.view.get(seen.id);
  }

  private share(key: string, look: () => Promise<RunResponse>): Promise<RunResponse> {
    const shared = this.looks.get(key) ?? look().finally(() => this.looks.delete(key));
    this.looks.set(key, shared);
    return shared;
  }
}
