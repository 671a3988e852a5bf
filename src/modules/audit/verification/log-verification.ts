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

/** Verifies the whole log and reports the result to the health signals. */
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

  /** The newest verification of this process; null before the first. */
  get last(): FinishedVerification | null {
    return this.finished;
  }

  /** Verifies the log, one verification at a time. Concurrent callers get the result of the one in progress. */
  verify(): Promise<LogVerdict> {
    this.underWay ??= this.verifyAndReport().finally(() => (this.underWay = undefined));
    return this.underWay;
  }

  private async verifyAndReport(): Promise<LogVerdict> {
    let verdict = await this.log.verify(this.keys.verifiers);
    if (verdict.problem === 'CHECKPOINT_NOT_THERE') {
      await delay(FIRST_CHECKPOINT_MS); // a new log: its first entries are about to be signed
      verdict = await this.log.verify(this.keys.verifiers);
    }
    this.finished = { verdict, finishedAt: this.clock.now() };
    this.health.warn(FAILED, verdict.problem !== null);
    return verdict;
  }
}
