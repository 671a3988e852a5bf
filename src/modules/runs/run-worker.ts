import { Injectable } from '@nestjs/common';
import { BackgroundWorker } from '../../platform/background/background-worker';
import { LetheConfig } from '../../platform/config/lethe-config';
import { HealthSignals } from '../../platform/health/health-signals';
import { Logger } from '../../platform/logging/logger';
import { RunWork } from './run-work';

const REST_MS = 500;

/** Works off previews and runs, those that a killed process left included: the items themselves are the queue. */
@Injectable()
export class RunWorker extends BackgroundWorker {
  constructor(
    private readonly runWork: RunWork,
    private readonly config: LetheConfig,
    logger: Logger,
    health: HealthSignals,
  ) {
    super(REST_MS, 'run_worker_failed', logger, health);
  }

  protected override get parallel(): number {
    return this.config.workers;
  }

  protected override round(isStopping: () => boolean): Promise<boolean> {
    return this.runWork.once(isStopping, (error, runId) => this.logger.failure('run_not_advanced', error, { runId }));
  }
}
