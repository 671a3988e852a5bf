import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { HealthSignals } from '../../../platform/health/health-signals';
import { Logger } from '../../../platform/logging/logger';
import { ArchivePurge } from './archive-purge';
import { StrandedContents } from './stranded-contents';

const DAY_MS = 24 * 60 * 60 * 1000;
const RETRY_MS = 10 * 60 * 1000;
const FAILED = 'ARCHIVE_UPKEEP_FAILED';
const FOREIGN = 'ARCHIVE_CONTENTS_FOREIGN';
const MISSING = 'ARCHIVE_CONTENTS_MISSING';

/** What the archive needs once a day, and when the product starts: the purge, and the removal of stranded contents. */
@Injectable()
export class ArchiveUpkeep implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly stopping = new AbortController();
  private work: Promise<void> | undefined;

  constructor(
    private readonly purge: ArchivePurge,
    private readonly stranded: StrandedContents,
    private readonly health: HealthSignals,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.work ??= this.everyDay();
  }

  /** Resolves when the set under way is done. */
  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.work;
  }

  private async everyDay(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const done = await this.once();
      await delay(done ? DAY_MS : RETRY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private async once(): Promise<boolean> {
    if (this.health.faults.length > 0) return false; // such as a database that was restored and does not know yet who is anonymized
    try {
      await this.purgeDue();
      await this.sweep();
      this.health.warn(FAILED, false);
      return true;
    } catch (error) {
      this.health.warn(FAILED);
      this.logger.failure('archive_upkeep_failed', error);
      return false;
    }
  }

  private async purgeDue(): Promise<void> {
    const purged = await this.purge.run(this.stopping.signal);
    if (purged !== null && purged.documents > 0) this.logger.event('documents_purged', { ...purged });
  }

  private async sweep(): Promise<void> {
    const { removed, spared, missing } = await this.stranded.sweep();
    this.health.warn(FOREIGN, spared > 0);
    this.health.warn(MISSING, missing > 0);
    if (removed + spared + missing > 0) this.logger.event('contents_swept', { removed, spared, missing });
  }
}
