import { Injectable } from '@nestjs/common';
import { QueueWorker } from '../../platform/background/queue-worker';
import { LetheConfig } from '../../platform/config/lethe-config';
import { HealthSignals } from '../../platform/health/health-signals';
import { Logger } from '../../platform/logging/logger';
import { RunWork } from './run-work';

const REST_MS = 500;

/** Works off previews and runs, those that a killed process left included: the items themselves are the queue. */
@Injectable()
export class RunWorker extends QueueWorker {
  constructor(
    private readonly runWork: RunWork,
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
    return this.runWork.once(isStopping, (error, runId) => this.logger.failure('run_not_advanced', error, { runId }));
  }
}
