import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Logger } from '../../../platform/logging/logger';
import { RunWork } from './run-work';

/** Milliseconds between looks for work that another process left or created. */
const IDLE = 500;

/** Works off previews and runs, those that a killed process left included: the items themselves are the queue. */
@Injectable()
export class RunWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  private stopping = false;
  private working: Promise<void> = Promise.resolve();
  private wakeUp: () => void = () => undefined;

  constructor(
    private readonly work: RunWork,
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

  private round(): Promise<boolean> {
    return this.work.once(
      () => this.stopping,
      (error, runId) => this.logger.failure('run_not_advanced', error, { runId }),
    );
  }

  private async loop(): Promise<void> {
    while (!this.stopping) {
      const awoken = new Promise<void>((resolve) => (this.wakeUp = resolve));
      try {
        while (!this.stopping && (await this.round()));
      } catch (error) {
        this.logger.failure('run_worker_failed', error); // what it left is found again at the next look
      }
      if (this.stopping) return;
      let timer: NodeJS.Timeout | undefined;
      await Promise.race([awoken, new Promise((resolve) => (timer = setTimeout(resolve, IDLE)))]);
      clearTimeout(timer);
    }
  }
}
