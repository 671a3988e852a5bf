import { Injectable } from '@nestjs/common';
import { QueueWorker } from '../../../platform/background/queue-worker';
import { HealthSignals } from '../../../platform/health/health-signals';
import { Logger } from '../../../platform/logging/logger';
import { ContentRemovals } from './content-removals';

const POLL_INTERVAL_MS = 1_000;

/** Processes {@link ContentRemovals}. The rows of the outbox are the queue. */
@Injectable()
export class ContentRemovalWorker extends QueueWorker {
  constructor(
    private readonly removals: ContentRemovals,
    logger: Logger,
    health: HealthSignals,
  ) {
    super({ restMs: POLL_INTERVAL_MS, failure: 'content_removals_failed' }, health, logger);
  }

  protected override round(): Promise<boolean> {
    return this.removals.removeDueContents();
  }
}
