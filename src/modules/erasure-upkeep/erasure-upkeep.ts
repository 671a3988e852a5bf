import { Injectable } from '@nestjs/common';
import { DomainError } from '../../kernel/domain-error';
import { BackOff } from '../../platform/background/back-off';
import { minutes, PeriodicTask, seconds } from '../../platform/background/periodic-task';
import { HealthSignals } from '../../platform/health/health-signals';
import { Logger } from '../../platform/logging/logger';
import { ErasureCleanup } from './erasure-cleanup';
import { UncleanedRuns } from '../runs';

/** Cleans up after runs. The last step marks a run as cleaned, so that the next process resumes after a kill. */
@Injectable()
export class ErasureUpkeep extends PeriodicTask {
  private readonly backOff = new BackOff(seconds(10), minutes(10));

  constructor(
    private readonly cleanup: ErasureCleanup,
    private readonly runs: UncleanedRuns,
    health: HealthSignals,
    logger: Logger,
  ) {
    super({ every: seconds(5), failure: 'erasure_upkeep_failed' }, health, logger);
  }

  protected override async round(): Promise<boolean> {
    const { due, late } = await this.runs.findWaiting();
    this.health.warn('ERASURE_REMAINS_IN_DEAD_ROWS', late);
    if (due && this.backOff.isOver) await this.clean();
    return true;
  }

  /** Cleans up. Stopping the product interrupts a VACUUM in progress. */
  private async clean(): Promise<void> {
    try {
      const start = performance.now();
      const result = await this.cleanup.cleanUp(this.stopSignal);
      this.health.warn('ERASURE_UPKEEP_FAILED', false);
      if (result.kind === 'HINDERED') this.backOff.next();
      else this.backOff.reset();
      if (result.kind !== 'ELSEWHERE')
        this.logger.event('erasure_cleanup', { ...result, milliseconds: Math.round(performance.now() - start) });
    } catch (error) {
      if (this.isStopping) return; // the next process cleans up
      this.backOff.next();
      this.health.warn('ERASURE_UPKEEP_FAILED');
      const table = error instanceof DomainError ? String(error.extensions.table) : undefined;
      this.logger.failure('erasure_cleanup_failed', error, { table });
    }
  }
}
