import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { HealthSignals } from '../../../platform/health/health-signals';
import { Logger } from '../../../platform/logging/logger';
import { ErasureReconciliation } from './erasure-reconciliation';
import { LogVerification } from './log-verification';

/** Not while a start has other things to do. */
const FIRST_MS = 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;
const RETRY_MS = 10 * 60 * 1000;
const MAX_LOGGED_IDS = 20;
const UNPROVEN = 'ERASURE_UNPROVEN';

/**
 * Verifies the log and compares it with the customers, a minute after the start and once a day; every 10 minutes while something is wrong, so that the alarm
 * ends with its cause.
 */
@Injectable()
export class DailyVerification implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly stopping = new AbortController();
  private work: Promise<void> | undefined;

  constructor(
    private readonly verification: LogVerification,
    private readonly reconciliation: ErasureReconciliation,
    private readonly health: HealthSignals,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.work ??= this.everyDay();
  }

  /** Does not wait for a verification under way: that only reads, and may take minutes. */
  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.work;
  }

  /** Whether the log was verified and is sound. */
  async once(): Promise<boolean> {
    if (this.health.faults.length > 0) return false; // such as a database that is behind its ledger: that is known
    try {
      const { problem, entries, firstBroken } = await this.verification.run();
      if (problem === null) this.logger.event('audit_log_verified', { entries });
      else
        this.logger.caution('audit_verification_failed', {
          code: problem,
          entries,
          firstBrokenSequence: firstBroken?.from,
        });
      const isProven = await this.reconcile();
      return problem === null && isProven;
    } catch (error) {
      if (!this.stopping.signal.aborted) this.logger.failure('audit_verification_interrupted', error); // else the product closes its connections
      return false;
    }
  }

  private async reconcile(): Promise<boolean> {
    const { unproven, undone } = await this.reconciliation.run();
    const count = unproven.length + undone.length;
    this.health.warn(UNPROVEN, count > 0);
    if (count === 0) return true;
    this.logger.caution('erasure_unproven', {
      unproven: unproven.length,
      undone: undone.length,
      customerIds: [...unproven, ...undone].slice(0, MAX_LOGGED_IDS),
    });
    return false;
  }

  private async everyDay(): Promise<void> {
    const { signal } = this.stopping;
    const pause = (milliseconds: number) => delay(milliseconds, undefined, { signal }).catch(() => undefined);
    await pause(FIRST_MS);
    while (!signal.aborted) {
      const stopped = new Promise<boolean>((resolve) =>
        signal.addEventListener('abort', () => resolve(true), { once: true }),
      );
      const done = await Promise.race([this.once(), stopped]);
      await pause(done ? DAY_MS : RETRY_MS);
    }
  }
}
