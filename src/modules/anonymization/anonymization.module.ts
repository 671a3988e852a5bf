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
import { IdempotentAnswers } from './idempotency/idempotent-answers';
import { EffectsRecords } from './preview/effects-records';
import { ForeignMentions } from './preview/foreign-mentions';
import { ItemFindings } from './preview/item-findings';
import { Verdicts } from './preview/verdicts';
import { ListRunItemsController } from './queries/list-run-items/list-run-items.controller';
import { ListRunItemsHandler } from './queries/list-run-items/list-run-items.handler';
import { PreviewAnonymizationController } from './queries/preview-anonymization/preview-anonymization.controller';
import { PreviewAnonymizationHandler } from './queries/preview-anonymization/preview-anonymization.handler';
import { ReadRunsController } from './queries/read-runs/read-runs.controller';
import { Failures } from './runs/failures';
import { RunAdvance } from './runs/run-advance';
import { RunSet } from './runs/run-set';
import { RunView } from './runs/run-view';
import { RunWork } from './runs/run-work';
import { RunWorker } from './runs/run-worker';
import { Runs } from './runs/runs';
import { SetSizing } from './runs/set-sizing';
import { SingleRuns } from './runs/single-runs';
import { AnonymizationSaga } from './saga/anonymization.saga';
import { AnonymizationSteps } from './saga/anonymization.steps';
import { Causes } from './saga/causes';
import { ValidationGuard } from './validation/validation.guard';

@Module({
  imports: [CustomerModule, FinanceModule, DeviceModule, LoyaltyModule, ArchiveModule],
  controllers: [
    PreviewAnonymizationController,
    AnonymizeCustomerController,
    CreateRunController,
    AnonymizeSelectionController,
    ReadRunsController,
    ListRunItemsController,
  ],
  providers: [
    AnonymizationSaga,
    AnonymizationSteps,
    ValidationGuard,
    Causes,
    AnonymizeCustomerHandler,
    CreateRunHandler,
    AnonymizeSelectionHandler,
    PreviewAnonymizationHandler,
    ListRunItemsHandler,
    IdempotentAnswers,
    Verdicts,
    EffectsRecords,
    ForeignMentions,
    ItemFindings,
    Runs,
    RunView,
    SingleRuns,
    RunAdvance,
    RunSet,
    SetSizing,
    RunWork,
    RunWorker,
    Failures,
  ],
})
export class AnonymizationModule {}
