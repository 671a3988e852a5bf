import { Module } from '@nestjs/common';
import { AnonymizationModule } from '../anonymization';
import { AuditModule } from '../audit';
import { CustomerModule } from '../customer';
import { DataMapModule } from '../data-map';
import { ErasureCleanup } from '../erasure-upkeep';
import { MergeModule } from '../merge';
import { RestoredRuns, UncleanedRuns } from '../runs';
import { ChunkReplay } from './chunk-replay';
import { ConflictExamination } from './conflicts/conflict-examination';
import { ConflictRetry } from './conflicts/conflict-retry';
import { ConflictSettlement } from './conflicts/conflict-settlement';
import { FailedReplays } from './conflicts/failed-replays';
import { ErasureReplay } from './erasure-replay';
import { MergeHistory } from './ledger/merge-history';
import { RepeatedActions } from './repetition/repeated-actions';
import { RepeatedErasures } from './repetition/repeated-erasures';
import { RepeatedHolds } from './repetition/repeated-holds';
import { RepeatedMerges } from './repetition/repeated-merges';
import { UncheckedErasure } from './repetition/unchecked-erasure';
import { RestoredCustomers } from './restored/restored-customers';
import { RestoredEntries } from './restored/restored-entries';
import { RestoredLog } from './restored/restored-log';

/** The providers that `erasure:replay` needs: the steps of the anonymization, without the workers. */
@Module({
  imports: [AnonymizationModule, AuditModule, CustomerModule, DataMapModule, MergeModule],
  providers: [
    ErasureReplay,
    ChunkReplay,
    MergeHistory,
    RestoredLog,
    RestoredRuns,
    RestoredEntries,
    RestoredCustomers,
    RepeatedActions,
    RepeatedErasures,
    RepeatedMerges,
    RepeatedHolds,
    UncheckedErasure,
    FailedReplays,
    ConflictSettlement,
    ConflictRetry,
    ConflictExamination,
    UncleanedRuns,
    ErasureCleanup,
  ],
})
export class ReplayModule {}
