import { Injectable } from '@nestjs/common';
import { DomainError } from '../../kernel/domain-error';
import { BackgroundWorker } from '../../platform/background/background-worker';
import { HealthSignals } from '../../platform/health/health-signals';
import { Logger } from '../../platform/logging/logger';
import { ErasureCleanup } from './erasure-cleanup';
import { UncleanedRuns } from '../runs';

const REST_MS = 5_000;
const FIRST_RETRY_MS = 10_000;
const LONGEST_RETRY_MS = 10 * 60_000;

/** Cleans up after runs. That a run has been cleaned up after is written down last, so that a killed process leaves it to the next. */
@Injectable()
export class ErasureUpkeep extends BackgroundWorker {
  private readonly shutdown = new AbortController();
  private retryMs = FIRST_RETRY_MS;
  private notBefore = 0;

  constructor(
    private readonly cleanup: ErasureCleanup,
    private readonly runs: UncleanedRuns,
    health: HealthSignals,
    logger: Logger,
  ) {
    super(REST_MS, 'erasure_upkeep_failed', logger, health);
  }

  /** Breaks off a VACUUM under way. */
  override onApplicationShutdown(): Promise<void> {
    this.shutdown.abort();
    return super.onApplicationShutdown();
  }

  protected override async round(): Promise<boolean> {
    const { due, late } = await this.runs.waiting();
    this.health.warn('ERASURE_REMAINS_IN_DEAD_ROWS', late);
    if (due && performance.now() >= this.notBefore) await this.clean();
    return false;
  }

  private async clean(): Promise<void> {
    try {
      const start = performance.now();
      const result = await this.cleanup.run(this.shutdown.signal);
      this.health.warn('ERASURE_UPKEEP_FAILED', false);
      if (result.kind === 'HINDERED') this.putOff();
      else this.retryMs = FIRST_RETRY_MS;
      if (result.kind !== 'ELSEWHERE')
        this.logger.event('erasure_cleanup', { ...result, milliseconds: Math.round(performance.now() - start) });
    } catch (error) {
      if (this.shutdown.signal.aborted) return; // the next process does it
      this.putOff();
      this.health.warn('ERASURE_UPKEEP_FAILED');
      const table = error instanceof DomainError ? String(error.extensions.table) : undefined;
      this.logger.failure('erasure_cleanup_failed', error, { table });
    }
  }

  private putOff(): void {
    this.notBefore = performance.now() + this.retryMs;
    this.retryMs = Math.min(this.retryMs * 2, LONGEST_RETRY_MS);
  }
}
