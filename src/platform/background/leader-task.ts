import type { HealthWarningCode } from '../../kernel/health-code';
import type { HealthSignals } from '../health/health-signals';
import type { Logger } from '../logging/logger';
import { BackOff } from './back-off';
import { BackgroundTask } from './background-task';

const CANDIDATE_INTERVAL_MS = 1_000;
const FIRST_BACK_OFF_MS = 200;
const MAX_BACK_OFF_MS = 5_000;

export interface LeaderTaskOptions {
  /** event to log when the session or a round fails */
  readonly failure: string;
  /** raised by a failure, cleared by the next successful round as leader or candidate */
  readonly warning: HealthWarningCode;
}

/** A database session whose advisory lock elects the leader. The leader keeps the lock until the session is closed. */
export interface LeaderSession {
  isLeader(): Promise<boolean>;
  close(): Promise<void>;
}

/** The work of a leader. */
export interface Leadership {
  /** One round. Returns the milliseconds to pause afterwards. */
  round(): Promise<number>;
  close(): Promise<void>;
}

/**
 * Work that one process does at a time. Each process opens a session as candidate. The one that gets the lock leads
 * until its session ends.
 */
export abstract class LeaderTask<Session extends LeaderSession> extends BackgroundTask {
  private readonly backOff = new BackOff(FIRST_BACK_OFF_MS, MAX_BACK_OFF_MS);

  protected constructor(
    private readonly options: LeaderTaskOptions,
    health: HealthSignals,
    logger: Logger,
  ) {
    super(health, logger);
  }

  protected abstract openSession(): Promise<Session>;

  /** Called once per session, by the leader. Null when a fault prevents it from leading; the session then ends. */
  protected abstract takeOver(session: Session): Promise<Leadership | null>;

  protected override async keepWorking(): Promise<void> {
    while (!this.isStopping)
      try {
        if (this.mayWork) await this.workInSession();
        else await this.nextPause()(CANDIDATE_INTERVAL_MS);
      } catch (error) {
        this.health.warn(this.options.warning);
        this.logger.failure(this.options.failure, error);
        await this.nextPause()(this.backOff.next());
      }
  }

  /** Returns when the product stops or has a fault; rejects when the session is lost. */
  private async workInSession(): Promise<void> {
    const session = await this.openSession();
    let leadership: Leadership | null = null;
    try {
      while (this.mayWork) {
        if (leadership === null && (await session.isLeader())) {
          leadership = await this.takeOver(session);
          if (leadership === null) return;
        }
        const restMs = leadership === null ? CANDIDATE_INTERVAL_MS : await leadership.round();
        this.backOff.reset();
        this.health.warn(this.options.warning, false);
        if (restMs > 0) await this.nextPause()(restMs);
      }
    } finally {
      await leadership?.close();
      await session.close();
    }
  }
}
