import type { HealthWarningCode } from '../../kernel/health-code';
import type { HealthSignals } from '../health/health-signals';
import type { Logger } from '../logging/logger';
import { jittered } from './back-off';
import { BackgroundTask } from './background-task';

export const seconds = (count: number): number => count * 1_000;
export const minutes = (count: number): number => seconds(count * 60);
export const DAY_MS = minutes(24 * 60);

export interface PeriodicTaskOptions {
  /** milliseconds from the start of the product to the first round; 0 by default */
  readonly firstAfter?: number;
  /**
   * milliseconds from the end of a round to the next. The actual pause is up to a tenth shorter, so that processes that
   * started together spread out.
   */
  readonly every: number;
  /**
   * like `every`, after a round that failed, returned false, or was skipped because of a fault; {@link every} by
   * default
   */
  readonly retryAfter?: number;
  /** event to log when a round throws */
  readonly failure: string;
  /** raised when a round throws, cleared by the next that does not */
  readonly warning?: HealthWarningCode;
  /** Run rounds while there is a fault. By default they are skipped, because the product does not serve. */
  readonly duringFaults?: boolean;
  /** Stop without waiting for a round in progress. Only for rounds that may take minutes and write nothing. */
  readonly abandonedAtStop?: boolean;
}

/** Repeats a round at fixed intervals for the lifetime of the process. */
export abstract class PeriodicTask extends BackgroundTask {
  protected constructor(
    private readonly options: PeriodicTaskOptions,
    health: HealthSignals,
    logger: Logger,
  ) {
    super(health, logger);
  }

  /** One round. Returns false to repeat it after `retryAfter`. */
  protected abstract round(): Promise<boolean>;

  /**
   * Runs one round with logging and warning, unless there is a fault. Returns false to repeat it after `retryAfter`.
   */
  async attempt(): Promise<boolean> {
    const { duringFaults = false, failure, warning } = this.options;
    if (!duringFaults && this.health.faults.length > 0) return false;
    try {
      const isDone = await this.round();
      if (warning !== undefined) this.health.warn(warning, false);
      return isDone;
    } catch (error) {
      if (this.isStopping) return false; // shutdown has closed the connections
      if (warning !== undefined) this.health.warn(warning);
      this.logger.failure(failure, error);
      return false;
    }
  }

  protected override async keepWorking(): Promise<void> {
    const { firstAfter = 0, every, retryAfter = every, abandonedAtStop = false } = this.options;
    const stopped = new Promise<false>((resolve) => this.stopSignal.addEventListener('abort', () => resolve(false)));
    if (firstAfter > 0) await this.nextPause()(firstAfter);
    while (!this.isStopping) {
      const pause = this.nextPause();
      const isDone = await (abandonedAtStop ? Promise.race([this.attempt(), stopped]) : this.attempt());
      await pause(jittered(isDone ? every : retryAfter));
    }
  }
}
