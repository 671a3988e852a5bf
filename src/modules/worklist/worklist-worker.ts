import { Injectable } from '@nestjs/common';
import type { BusinessDate } from '../../kernel/business-date';
import { BackgroundWorker } from '../../platform/background/background-worker';
import { Clock } from '../../platform/clock/clock';
import { HealthSignals } from '../../platform/health/health-signals';
import { Logger } from '../../platform/logging/logger';
import { Worklist } from './worklist';

const REST_MS = 60_000;

/** Brings the worklist up to date when the product starts, and whenever a day of the shop has begun. */
@Injectable()
export class WorklistWorker extends BackgroundWorker {
  private doneOn: BusinessDate | undefined;

  constructor(
    private readonly worklist: Worklist,
    private readonly clock: Clock,
    health: HealthSignals,
    logger: Logger,
  ) {
    super(REST_MS, 'worklist_not_refreshed', logger, health);
  }

  protected override async round(isStopping: () => boolean): Promise<boolean> {
    const today = this.clock.today();
    if (this.doneOn === today) return false;
    await this.worklist.refresh(isStopping);
    if (!isStopping()) this.doneOn = today;
    return false;
  }
}
