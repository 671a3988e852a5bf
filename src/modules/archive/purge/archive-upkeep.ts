import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { HealthSignals } from '../../../platform/health/health-signals';
import { Logger } from '../../../platform/logging/logger';
import { ArchiveContents } from './archive-contents';
import { ArchivePurge } from './archive-purge';

const DAY_MS = 24 * 60 * 60 * 1000;
const RETRY_MS = 10 * 60 * 1000;
const FAILED = 'ARCHIVE_UPKEEP_FAILED';
const FOREIGN = 'ARCHIVE_CONTENTS_FOREIGN';
const MISSING = 'ARCHIVE_CONTENTS_MISSING';
const DIFFERS = 'ARCHIVE_DIFFERS';

/** What the archive needs once a day, and when the product starts: the purge, the removal of stranded contents, and a sample of the others. */
@Injectable()
export class ArchiveUpkeep implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly stopping = new AbortController();
  private work: Promise<void> | undefined;

  constructor(
    private readonly purge: ArchivePurge,
    private readonly contents: ArchiveContents,
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
      const isWhole = await this.checkContents();
      this.health.warn(FAILED, false);
      return isWhole;
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

  private async checkContents(): Promise<boolean> {
    const { removed, spared, missing, unreadable } = await this.contents.check();
    this.health.warn(FOREIGN, spared > 0 && missing === 0);
    this.health.warn(MISSING, missing > 0);
    this.health.warn(DIFFERS, unreadable > 0);
    if (removed + spared + missing + unreadable > 0)
      this.logger.event('contents_checked', { removed, spared, missing, unreadable });
    return spared + missing + unreadable === 0;
  }
}
