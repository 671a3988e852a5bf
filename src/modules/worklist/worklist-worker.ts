import { Injectable } from '@nestjs/common';
import type { BusinessDate } from '../../kernel/business-date';
import { minutes, PeriodicTask } from '../../platform/background/periodic-task';
import { Clock } from '../../platform/clock/clock';
import { HealthSignals } from '../../platform/health/health-signals';
import { Logger } from '../../platform/logging/logger';
import { Worklist } from './worklist';

/** Refreshes the worklist when the product starts, and at the beginning of every business day. */
@Injectable()
export class WorklistWorker extends PeriodicTask {
  private doneOn: BusinessDate | undefined;

  constructor(
    private readonly worklist: Worklist,
    private readonly clock: Clock,
    health: HealthSignals,
    logger: Logger,
  ) {
    super({ every: minutes(1), failure: 'worklist_refresh_failed' }, health, logger);
  }

  protected override async round(): Promise<boolean> {
    const today = this.clock.today();
    if (this.doneOn === today) return true;
    await this.worklist.refresh(() => !this.mayWork);
    if (this.mayWork) this.doneOn = today;
    return true;
  }
}
