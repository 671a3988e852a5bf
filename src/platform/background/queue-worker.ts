import type { HealthSignals } from '../health/health-signals';
import type { Logger } from '../logging/logger';
import { BackgroundTask } from './background-task';

export interface QueueWorkerOptions {
  /** milliseconds between checks for rows that another process wrote or left behind */
  readonly restMs: number;
  /** event to log when a round fails; the next check retries */
  readonly failure: string;
}

/**
 * Processes the rows of a queue table: rounds until the queue is empty, then a pause, which {@link wake} ends early.
 * Does not work while there is a fault.
 */
export abstract class QueueWorker extends BackgroundTask {
  protected constructor(
    private readonly options: QueueWorkerOptions,
    health: HealthSignals,
    logger: Logger,
  ) {
    super(health, logger);
  }

  /** One round of work. Returns true when there may be more. */
  protected abstract round(isStopping: () => boolean): Promise<boolean>;

  /** Number of rounds in parallel. */
  protected get parallel(): number {
    return 1;
  }

  protected override keepWorking(): Promise<unknown> {
    return Promise.all(Array.from({ length: this.parallel }, () => this.keepProcessing()));
  }

  private async keepProcessing(): Promise<void> {
    while (!this.isStopping) {
      const pause = this.nextPause();
      try {
        while (this.mayWork && (await this.round(() => !this.mayWork)));
      } catch (error) {
        this.logger.failure(this.options.failure, error);
      }
      await pause(this.options.restMs);
    }
  }
}
