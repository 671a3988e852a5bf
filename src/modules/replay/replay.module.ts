import { Module } from '@nestjs/common';
import { AnonymizationSteps } from '../anonymization';
import { ErasureCleanup } from '../erasure-upkeep';
import { ArchiveModule } from '../archive';
import { CustomerModule } from '../customer';
import { DeviceModule } from '../device';
import { FinanceModule } from '../finance';
import { LoyaltyModule } from '../loyalty';
import { MergeModule } from '../merge';
import { RestoredRuns, UncleanedRuns } from '../runs';
import { ChunkReplay } from './chunk-replay';
import { ConflictDecisions } from './conflict-decisions';
import { ConflictRetry } from './conflict-retry';
import { ConflictSettlement } from './conflict-settlement';
import { ConflictsInDatabase } from './conflicts-in-database';
import { ErasureRepetition } from './erasure-repetition';
import { ErasureReplay } from './erasure-replay';
import { FailedReplays } from './failed-replays';
import { MergeHistory } from './merge-history';
import { MergeRepetition } from './merge-repetition';
import { RepeatedActions } from './repeated-actions';
import { RepeatedErasures } from './repeated-erasures';
import { RepeatedHolds } from './repeated-holds';
import { RepeatedMerges } from './repeated-merges';
import { RepeatedSteps } from './repeated-steps';
import { RestoredCustomers } from './restored-customers';
import { RestoredEntries } from './restored-entries';
import { RestoredLog } from './restored-log';

/** The providers that `erasure:replay` needs: the steps of the anonymization, without the workers. */
@Module({
  imports: [CustomerModule, FinanceModule, DeviceModule, LoyaltyModule, ArchiveModule, MergeModule],
  providers: [
    ErasureReplay,
    RestoredLog,
    RestoredRuns,
    RestoredEntries,
    RestoredCustomers,
    ChunkReplay,
    RepeatedActions,
    RepeatedErasures,
    RepeatedMerges,
    RepeatedHolds,
    MergeHistory,
    MergeRepetition,
    ErasureRepetition,
    FailedReplays,
    ConflictSettlement,
    ConflictRetry,
    ConflictDecisions,
    ConflictsInDatabase,
    RepeatedSteps,
    AnonymizationSteps,
    UncleanedRuns,
    ErasureCleanup,
  ],
})
export class ReplayModule {}
