import { setTimeout as delay } from 'node:timers/promises';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { HealthSignals } from '../health/health-signals';
import type { Logger } from '../logging/logger';

/**
 * Background work for the lifetime of the process. Nest starts and stops it: a provider that extends
 * {@link QueueWorker}, {@link PeriodicTask} or {@link LeaderTask} needs no registration.
 */
export abstract class BackgroundTask implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly shutdown = new AbortController();
  private readonly pauses = new Set<AbortController>();
  private work: Promise<unknown> | undefined;

  protected constructor(
    protected readonly health: HealthSignals,
    protected readonly logger: Logger,
  ) {}

  /** Works until {@link isStopping}; never rejects. */
  protected abstract keepWorking(): Promise<unknown>;

  onApplicationBootstrap(): void {
    this.work ??= this.keepWorking();
  }

  /** Resolves when the round in progress has ended. */
  async onApplicationShutdown(): Promise<void> {
    this.shutdown.abort();
    this.wake();
    await this.work;
  }

  /** Ends the current pauses, because there is work. */
  wake(): void {
    for (const pause of this.pauses) pause.abort();
  }

  /** Aborts when the product stops. */
  protected get stopSignal(): AbortSignal {
    return this.shutdown.signal;
  }

  protected get isStopping(): boolean {
    return this.shutdown.signal.aborted;
  }

  /** False while the product stops or has a fault. */
  protected get mayWork(): boolean {
    return !this.isStopping && this.health.faults.length === 0;
  }

  /**
   * Prepares a pause. A call of {@link wake} between this call and the pause is not lost: the pause then ends
   * immediately.
   */
  protected nextPause(): (milliseconds: number) => Promise<void> {
    const pause = new AbortController();
    if (this.isStopping) pause.abort();
    this.pauses.add(pause);
    return async (milliseconds) => {
      await delay(milliseconds, undefined, { signal: pause.signal }).catch(() => undefined);
      this.pauses.delete(pause);
    };
  }
}
