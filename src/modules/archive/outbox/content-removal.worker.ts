import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Logger } from '../../../platform/logging/logger';
import { ContentRemovals } from './content-removals';

/** Milliseconds between looks for removals that fell due or that another process wrote. */
const IDLE = 1_000;

/** Keeps {@link ContentRemovals} going for as long as the product serves; the rows of the outbox are the queue. */
@Injectable()
export class ContentRemovalWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  private stopping = false;
  private working: Promise<void> = Promise.resolve();
  private wakeUp: () => void = () => undefined;

  constructor(
    private readonly removals: ContentRemovals,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.working = this.loop();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping = true;
    this.wake();
    await this.working;
  }

  /** There is something to do now. */
  wake(): void {
    this.wakeUp();
  }

  private async loop(): Promise<void> {
    while (!this.stopping) {
      const awoken = new Promise<void>((resolve) => (this.wakeUp = resolve));
      try {
        while (!this.stopping && (await this.removals.once()));
      } catch (error) {
        this.logger.failure('content_removals_failed', error); // the rows are still there at the next look
      }
      if (this.stopping) return;
      let timer: NodeJS.Timeout | undefined;
      await Promise.race([awoken, new Promise((resolve) => (timer = setTimeout(resolve, IDLE)))]);
      clearTimeout(timer);
    }
  }
}
