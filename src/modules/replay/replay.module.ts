import { Module } from '@nestjs/common';
import { AnonymizationSteps, ErasureCleanup, StoredBlockers, UncleanedRuns } from '../anonymization';
import { ArchiveModule } from '../archive';
import { CustomerModule } from '../customer';
import { DeviceModule } from '../device';
import { FinanceModule } from '../finance';
import { LoyaltyModule } from '../loyalty';
import { MergeModule } from '../merge';
import { ChunkReplay } from './chunk-replay';
import { ErasureReplay } from './erasure-replay';
import { RepeatedActs } from './repeated-acts';
import { RepeatedErasures } from './repeated-erasures';
import { RepeatedMerges } from './repeated-merges';
import { RepeatedSteps } from './repeated-steps';
import { ReplayConflicts } from './replay-conflicts';
import { RestoredCustomers } from './restored-customers';
import { RestoredEntries } from './restored-entries';
import { RestoredLog } from './restored-log';
import { RestoredRuns } from './restored-runs';

/** What `erasure:replay` needs of the product: the steps of the act, but none of its workers. */
@Module({
  imports: [CustomerModule, FinanceModule, DeviceModule, LoyaltyModule, ArchiveModule, MergeModule],
  providers: [
    ErasureReplay,
    RestoredLog,
    RestoredRuns,
    RestoredEntries,
    RestoredCustomers,
    ChunkReplay,
    RepeatedActs,
    RepeatedErasures,
    RepeatedMerges,
    RepeatedSteps,
    ReplayConflicts,
    AnonymizationSteps,
    StoredBlockers,
    UncleanedRuns,
    ErasureCleanup,
  ],
})
export class ReplayModule {}
