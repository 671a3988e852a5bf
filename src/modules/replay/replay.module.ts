import { Module } from '@nestjs/common';
import { AnonymizationModule } from '../anonymization';
import { AuditModule } from '../audit';
import { CustomerModule } from '../customer';
import { DataMapModule } from '../data-map';
import { ErasureCleanup } from '../erasure-upkeep';
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
  imports: [AnonymizationModule, AuditModule, CustomerModule, DataMapModule, MergeModule],
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
    UncleanedRuns,
    ErasureCleanup,
  ],
})
export class ReplayModule {}
