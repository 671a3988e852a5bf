import { Injectable } from '@nestjs/common';
import { DAY_MS, minutes, PeriodicTask } from '../../../platform/background/periodic-task';
import { HealthSignals } from '../../../platform/health/health-signals';
import { Logger } from '../../../platform/logging/logger';
import { AuditDefences, isTripwire } from './audit-defences';

const MAX_LOGGED_DEVIATIONS = 20;

/**
 * Checks the defences of the log at start and once a day; every 10 minutes while they are weakened, so that the warning
 * ends with the repair.
 */
@Injectable()
export class DefenceMonitor extends PeriodicTask {
  constructor(
    private readonly defences: AuditDefences,
    health: HealthSignals,
    logger: Logger,
  ) {
    super(
      { every: DAY_MS, retryAfter: minutes(10), failure: 'audit_defence_check_failed', duringFaults: true },
      health,
      logger,
    );
  }

  /**
   * True when all defences are as the migrations created them. The tripwire does not count, because not every server
   * allows it.
   */
  protected override async round(): Promise<boolean> {
    const deviations = await this.defences.deviations();
    const weakened = deviations.filter((deviation) => !isTripwire(deviation));
    this.health.warn('AUDIT_TRIPWIRE_MISSING', weakened.length < deviations.length);
    this.health.warn('AUDIT_DEFENCES_WEAKENED', weakened.length > 0);
    if (deviations.length > 0)
      this.logger.caution('audit_defences_weakened', {
        deviations: deviations.slice(0, MAX_LOGGED_DEVIATIONS).map(({ kind, object }) => `${kind} ${object}`),
        count: deviations.length,
      });
    return weakened.length === 0;
  }
}
