import { Module } from '@nestjs/common';
import { ArchiveModule } from '../archive';
import { CustomerModule } from '../customer';
import { DeviceModule } from '../device';
import { FinanceModule } from '../finance';
import { LoyaltyModule } from '../loyalty';
import { AnonymizeCustomerController } from './commands/anonymize-customer/anonymize-customer.controller';
import { AnonymizeCustomerHandler } from './commands/anonymize-customer/anonymize-customer.handler';
import { AnonymizeSelectionController } from './commands/anonymize-selection/anonymize-selection.controller';
import { AnonymizeSelectionHandler } from './commands/anonymize-selection/anonymize-selection.handler';
import { CreateRunController } from './commands/create-run/create-run.controller';
import { CreateRunHandler } from './commands/create-run/create-run.handler';
import { CancelRunController } from './commands/cancel-run/cancel-run.controller';
import { CancelRunHandler } from './commands/cancel-run/cancel-run.handler';
import { PauseRunController } from './commands/pause-run/pause-run.controller';
import { PauseRunHandler } from './commands/pause-run/pause-run.handler';
import { ResumeRunController } from './commands/resume-run/resume-run.controller';
import { ResumeRunHandler } from './commands/resume-run/resume-run.handler';
import { ExportRunReportController } from './queries/export-run-report/export-run-report.controller';
import { ExportRunReportHandler } from './queries/export-run-report/export-run-report.handler';
import { WatchRunController } from './queries/watch-run/watch-run.controller';
import { WatchRunHandler } from './queries/watch-run/watch-run.handler';
import { IdempotentAnswers } from './idempotency/idempotent-answers';
import { EffectsRecords } from './preview/effects-records';
import { ForeignMentions } from './preview/foreign-mentions';
import { ItemFindings } from './preview/item-findings';
import { PreviewWarnings } from './preview/preview-warnings';
import { Verdicts } from './preview/verdicts';
import { GetReceiptController } from './queries/get-receipt/get-receipt.controller';
import { GetReceiptHandler } from './queries/get-receipt/get-receipt.handler';
import { ListBlockedCustomersController } from './queries/list-blocked-customers/list-blocked-customers.controller';
import { ListBlockedCustomersHandler } from './queries/list-blocked-customers/list-blocked-customers.handler';
import { ListRunItemsController } from './queries/list-run-items/list-run-items.controller';
import { ListRunItemsHandler } from './queries/list-run-items/list-run-items.handler';
import { PreviewAnonymizationController } from './queries/preview-anonymization/preview-anonymization.controller';
import { PreviewAnonymizationHandler } from './queries/preview-anonymization/preview-anonymization.handler';
import { ReadRunsController } from './queries/read-runs/read-runs.controller';
import { Failures } from './runs/failures';
import { RunAdvance } from './runs/run-advance';
import { RunItems } from './runs/run-items';
import { RunBlockers } from './runs/run-blockers';
import { RunSet } from './runs/run-set';
import { RunView } from './runs/run-view';
import { RunWatch } from './runs/run-watch';
import { RunWork } from './runs/run-work';
import { RunWorker } from './runs/run-worker';
import { Runs } from './runs/runs';
import { SetSizing } from './runs/set-sizing';
import { SingleRuns } from './runs/single-runs';
import { AnonymizationSaga } from './saga/anonymization.saga';
import { AnonymizationSteps } from './saga/anonymization.steps';
import { Causes } from './saga/causes';
import { StoredBlockers } from './saga/stored-blockers';
import { ErasureCleanup } from './upkeep/erasure-cleanup';
import { ErasureUpkeep } from './upkeep/erasure-upkeep';
import { UncleanedRuns } from './upkeep/uncleaned-runs';
import { ValidationGuard } from './validation/validation.guard';
import { Worklist } from './worklist/worklist';
import { WorklistWorker } from './worklist/worklist-worker';

@Module({
  imports: [CustomerModule, FinanceModule, DeviceModule, LoyaltyModule, ArchiveModule],
  controllers: [
    PreviewAnonymizationController,
    AnonymizeCustomerController,
    CreateRunController,
    AnonymizeSelectionController,
    PauseRunController,
    ResumeRunController,
    CancelRunController,
    ReadRunsController,
    ListRunItemsController,
    ExportRunReportController,
    WatchRunController,
    GetReceiptController,
    ListBlockedCustomersController,
  ],
  providers: [
    AnonymizationSaga,
    AnonymizationSteps,
    StoredBlockers,
    ValidationGuard,
    Causes,
    AnonymizeCustomerHandler,
    CreateRunHandler,
    AnonymizeSelectionHandler,
    PauseRunHandler,
    ResumeRunHandler,
    CancelRunHandler,
    PreviewAnonymizationHandler,
    ListRunItemsHandler,
    ExportRunReportHandler,
    WatchRunHandler,
    GetReceiptHandler,
    ListBlockedCustomersHandler,
    Worklist,
    WorklistWorker,
    IdempotentAnswers,
    Verdicts,
    PreviewWarnings,
    EffectsRecords,
    ForeignMentions,
    ItemFindings,
    Runs,
    RunView,
    RunItems,
    RunWatch,
    SingleRuns,
    RunAdvance,
    RunSet,
    SetSizing,
    RunWork,
    RunWorker,
    Failures,
    RunBlockers,
    UncleanedRuns,
    ErasureCleanup,
    ErasureUpkeep,
  ],
})
export class AnonymizationModule {}
