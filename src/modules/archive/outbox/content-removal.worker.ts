import { Injectable } from '@nestjs/common';
import { BackgroundWorker } from '../../../platform/background/background-worker';
import { HealthSignals } from '../../../platform/health/health-signals';
import { Logger } from '../../../platform/logging/logger';
import { ContentRemovals } from './content-removals';

const REST_MS = 1_000;

/** Keeps {@link ContentRemovals} going for as long as the product serves; the rows of the outbox are the queue. */
@Injectable()
export class ContentRemovalWorker extends BackgroundWorker {
  constructor(
    private readonly removals: ContentRemovals,
    logger: Logger,
    health: HealthSignals,
  ) {
    super(REST_MS, 'content_removals_failed', logger, health);
  }

  protected override round(): Promise<boolean> {
    return this.removals.removeDueContents();
  }
}
