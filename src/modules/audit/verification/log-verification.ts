import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock';
import { HealthSignals } from '../../../platform/health/health-signals';
import { LogKeys } from '../ledger/log-keys';
import type { LogVerdict } from '../../../libraries/transparency-log';
import { DatabaseLog } from './database-log';

const FIRST_CHECKPOINT_MS = 2_000;
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
    let verdict = await this.log.verify(this.keys.verifiers);
    if (verdict.problem === 'CHECKPOINT_NOT_THERE') {
      await delay(FIRST_CHECKPOINT_MS); // a log that has just begun: its first entries are about to be signed
      verdict = await this.log.verify(this.keys.verifiers);
    }
    this.finished = { verdict, finishedAt: this.clock.now() };
    this.health.warn(FAILED, verdict.problem !== null);
    return verdict;
  }
}
