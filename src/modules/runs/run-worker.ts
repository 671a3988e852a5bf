import { Injectable } from '@nestjs/common';
import { QueueWorker } from '../../platform/background/queue-worker';
import { LetheConfig } from '../../platform/config/lethe-config';
import { HealthSignals } from '../../platform/health/health-signals';
import { Logger } from '../../platform/logging/logger';
import { RunDispatcher } from './run-dispatcher';

const REST_MS = 500;

/** Works on previews and runs in the background, also on those that a killed process left: the items themselves are the queue. */
@Injectable()
export class RunWorker extends QueueWorker {
  constructor(
    private readonly dispatcher: RunDispatcher,
    private readonly config: LetheConfig,
    logger: Logger,
    health: HealthSignals,
  ) {
    super({ restMs: REST_MS, failure: 'run_worker_failed' }, health, logger);
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
