import { Module } from '@nestjs/common';
import { Outbox } from '../../platform/outbox/outbox';
import { ArchiveModule } from './archive.module';
import { ContentRemovalWorker } from './outbox/content-removal.worker';
import { ContentRemovals } from './outbox/content-removals';
import { ArchiveContents } from './purge/archive-contents';
import { ArchivePurge } from './purge/archive-purge';
import { ArchiveSample } from './purge/archive-sample';
import { ArchiveUpkeep } from './purge/archive-upkeep';
import { StrandedContents } from './purge/stranded-contents';

/**
 * Upkeep of the archive's contents, for processes that have access to them. On another machine with an empty folder, a
 * removal would count as done without having removed anything.
 */
@Module({
  imports: [ArchiveModule],
  providers: [
    Outbox,
    ContentRemovals,
    ContentRemovalWorker,
    ArchivePurge,
    StrandedContents,
    ArchiveSample,
    ArchiveContents,
    ArchiveUpkeep,
  ],
})
export class ArchiveUpkeepModule {}
