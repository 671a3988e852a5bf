import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { HealthSignals } from '../health/health-signals';
import type { Logger } from '../logging/logger';

/**
 * Works off rows of a queue table for as long as the product serves: rounds until nothing is left, then a rest that {@link wake} cuts short. A round
 * that fails is logged and tried again at the next look; shutting down waits for the rounds under way. It rests while the product must not serve.
 */
export abstract class BackgroundWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  private stopping = false;
  private lanes: Promise<void>[] = [];
  private readonly resting = new Set<() => void>();

  /**
   * @param restMs milliseconds between looks for work that another process left or wrote
   * @param failure event to log when a round fails
   */
  protected constructor(
    private readonly restMs: number,
    private readonly failure: string,
    protected readonly logger: Logger,
    protected readonly health: HealthSignals,
  ) {}

  /** One round of work; true when there may be more. */
  protected abstract round(isStopping: () => boolean): Promise<boolean>;

  /** How many rounds go on at the same time. */
  protected get parallel(): number {
    return 1;
  }

  onApplicationBootstrap(): void {
    this.lanes = Array.from({ length: this.parallel }, () => this.work());
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping = true;
    this.wake();
    await Promise.all(this.lanes);
  }

  /** There is something to do now. */
  wake(): void {
    for (const wakeUp of this.resting) wakeUp();
  }

  private async work(): Promise<void> {
    while (!this.stopping) {
      let wakeUp!: () => void;
      const awoken = new Promise<void>((resolve) => (wakeUp = resolve)); // before the rounds, so that no wake is missed
      this.resting.add(wakeUp);
      try {
        while (this.goesOn() && (await this.round(() => !this.goesOn())));
      } catch (error) {
        this.logger.failure(this.failure, error);
      }
      if (!this.stopping) await this.rest(awoken);
      this.resting.delete(wakeUp);
    }
  }

  private goesOn(): boolean {
    return !this.stopping && this.health.faults.length === 0;
  }

  private async rest(awoken: Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([awoken, new Promise((resolve) => (timer = setTimeout(resolve, this.restMs)))]);
    clearTimeout(timer);
  }
}
