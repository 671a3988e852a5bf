import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock';
import { HealthSignals } from '../../../platform/health/health-signals';
import { LogKeys } from '../ledger/log-keys';
import type { LogVerdict } from '../proof/log-verifier';
import { DatabaseLog } from './database-log';

const FAILED = 'AUDIT_VERIFICATION_FAILED';

export interface FinishedVerification {
  readonly verdict: LogVerdict;
  readonly finishedAt: Date;
}

/** Verifies the whole log; its result is also a signal of health. */
@Injectable()
export class LogVerification {
  private underWay: Promise<LogVerdict> | undefined;
  private finished: FinishedVerification | null = null;

  constructor(
    private readonly log: DatabaseLog,
    private readonly keys: LogKeys,
    private readonly health: HealthSignals,
    private readonly clock: Clock,
  ) {}

  /** The newest of this process; null before the first. */
  get last(): FinishedVerification | null {
    return this.finished;
  }

  /** One at a time: whoever asks meanwhile gets the result of the one under way. */
  run(): Promise<LogVerdict> {
    this.underWay ??= this.verify().finally(() => (this.underWay = undefined));
    return this.underWay;
  }

  private async verify(): Promise<LogVerdict> {
    const verdict = await this.log.verify(this.keys.verifiers);
    this.finished = { verdict, finishedAt: this.clock.now() };
    this.health.warn(FAILED, verdict.problem !== null);
    return verdict;
  }
}
