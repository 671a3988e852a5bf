import { Injectable } from '@nestjs/common';
import { DAY_MS, minutes, PeriodicTask } from '../../../platform/background/periodic-task';
import { HealthSignals } from '../../../platform/health/health-signals';
import { Logger } from '../../../platform/logging/logger';
import { ErasureReconciliation } from './erasure-reconciliation';
import { LogVerification } from './log-verification';

const SCHEDULE = {
  firstAfter: minutes(1), // lets other work start first
  every: DAY_MS,
  retryAfter: minutes(10),
  failure: 'audit_verification_interrupted',
  abandonedAtStop: true,
};
const MAX_LOGGED_IDS = 20;

/**
 * Verifies the log and compares it with the customers once a day; every 10 minutes while there is a problem, so that
 * the alarm ends with the repair.
 */
@Injectable()
export class DailyVerification extends PeriodicTask {
  constructor(
    private readonly verification: LogVerification,
    private readonly reconciliation: ErasureReconciliation,
    health: HealthSignals,
    logger: Logger,
  ) {
    super(SCHEDULE, health, logger);
  }

  protected override async round(): Promise<boolean> {
    const isSound = await this.verifyLog();
    const isProven = await this.reconcile();
    return isSound && isProven;
  }

  private async verifyLog(): Promise<boolean> {
    const { problem, entries, firstBroken } = await this.verification.verify();
    if (problem === null) this.logger.event('audit_log_verified', { entries });
    else
      this.logger.caution('audit_verification_failed', {
        code: problem,
        entries,
        firstBrokenSequence: firstBroken?.from,
      });
    return problem === null;
  }

  private async reconcile(): Promise<boolean> {
    const { unproven, undone } = await this.reconciliation.reconcile();
    const count = unproven.length + undone.length;
    this.health.warn('ERASURE_UNPROVEN', count > 0);
    if (count > 0)
      this.logger.caution('erasure_unproven', {
        unproven: unproven.length,
        undone: undone.length,
        customerIds: [...unproven, ...undone].slice(0, MAX_LOGGED_IDS),
      });
    return count === 0;
  }
}
