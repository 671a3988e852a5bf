import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { HealthSignals } from '../../../platform/health/health-signals';
import { Logger } from '../../../platform/logging/logger';
import { AuditDefences, isTripwire } from './audit-defences';

const DAY_MS = 24 * 60 * 60 * 1000;
const RETRY_MS = 10 * 60 * 1000;
const MOST_TOLD = 20;
const WEAKENED = 'AUDIT_DEFENCES_WEAKENED';
const NO_TRIPWIRE = 'AUDIT_TRIPWIRE_MISSING';

/** Looks after the defences of the log when the product starts and once a day; more often while they are weakened, to tell when they are mended. */
@Injectable()
export class DefenceWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly stopping = new AbortController();
  private work: Promise<void> | undefined;

  constructor(
    private readonly defences: AuditDefences,
    private readonly health: HealthSignals,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.work ??= this.keepLooking();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.work;
  }

  /** Whether all is as the migrations made it; the tripwire aside, which not every server allows. */
  async look(): Promise<boolean> {
    const deviations = await this.defences.deviations();
    const weakened = deviations.filter((deviation) => !isTripwire(deviation));
    this.health.warn(NO_TRIPWIRE, weakened.length < deviations.length);
    this.health.warn(WEAKENED, weakened.length > 0);
    if (deviations.length > 0)
      this.logger.caution('audit_defences_weakened', {
        deviations: deviations.slice(0, MOST_TOLD).map(({ kind, object }) => `${kind} ${object}`),
        count: deviations.length,
      });
    return weakened.length === 0;
  }

  private async keepLooking(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const isSound = await this.tryToLook();
      await delay(isSound ? DAY_MS : RETRY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private async tryToLook(): Promise<boolean> {
    try {
      return await this.look();
    } catch (error) {
      this.logger.failure('audit_defences_unchecked', error);
      return false;
    }
  }
}
