import { Injectable } from '@nestjs/common';
import { DAY_MS, minutes, PeriodicTask } from '../../../platform/background/periodic-task';
import { HealthSignals } from '../../../platform/health/health-signals';
import { Logger } from '../../../platform/logging/logger';
import { ArchiveContents } from './archive-contents';
import { ArchivePurge } from './archive-purge';

const SCHEDULE = {
  every: DAY_MS,
  retryAfter: minutes(10),
  failure: 'archive_upkeep_failed',
  warning: 'ARCHIVE_UPKEEP_FAILED',
} as const;

/**
 * Maintains the archive at start and once a day: purges documents, removes stranded contents, checks a sample of the
 * rest.
 */
@Injectable()
export class ArchiveUpkeep extends PeriodicTask {
  constructor(
    private readonly purge: ArchivePurge,
    private readonly contents: ArchiveContents,
    health: HealthSignals,
    logger: Logger,
  ) {
    super(SCHEDULE, health, logger);
  }

  /** True when no content is missing, foreign or unreadable. */
  protected override async round(): Promise<boolean> {
    const purged = await this.purge.purgeDue(this.stopSignal);
    if (purged !== null && purged.documents > 0) this.logger.event('documents_purged', { ...purged });
    const { removed, spared, missing, unreadable } = await this.contents.check();
    this.health.warn('ARCHIVE_CONTENTS_FOREIGN', spared > 0 && missing === 0);
    this.health.warn('ARCHIVE_CONTENTS_MISSING', missing > 0);
    this.health.warn('ARCHIVE_DIFFERS', unreadable > 0);
    if (removed + spared + missing + unreadable > 0)
      this.logger.event('contents_checked', { removed, spared, missing, unreadable });
    return spared + missing + unreadable === 0;
  }
}
