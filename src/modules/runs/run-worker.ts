import { Injectable } from '@nestjs/common';
import { BackgroundWorker } from '../../platform/background/background-worker';
import { LetheConfig } from '../../platform/config/lethe-config';
import { HealthSignals } from '../../platform/health/health-signals';
import { Logger } from '../../platform/logging/logger';
import { RunDispatcher } from './run-dispatcher';

const REST_MS = 500;

/** Works on previews and runs in the background, also on those that a killed process left: the items themselves are the queue. */
@Injectable()
export class RunWorker extends BackgroundWorker {
  constructor(
    private readonly dispatcher: RunDispatcher,
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
    return this.dispatcher.advanceRuns(isStopping, (error, runId) =>
      this.logger.failure('run_not_advanced', error, { runId }),
    );
  }
}
