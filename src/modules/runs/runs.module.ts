import { Module } from '@nestjs/common';
import { AnonymizationModule } from '../anonymization';
import { AuditModule } from '../audit';
import { CustomerModule } from '../customer';
import { EmployeeModule } from '../employee';
import { AnonymizeCustomerController } from './commands/anonymize-customer/anonymize-customer.controller';
import { AnonymizeCustomerHandler } from './commands/anonymize-customer/anonymize-customer.handler';
import { SingleRuns } from './commands/anonymize-customer/single-runs';
import { AnonymizeSelectionController } from './commands/anonymize-selection/anonymize-selection.controller';
import { AnonymizeSelectionHandler } from './commands/anonymize-selection/anonymize-selection.handler';
import { CancelRunController } from './commands/cancel-run/cancel-run.controller';
import { CancelRunHandler } from './commands/cancel-run/cancel-run.handler';
import { CreateRunController } from './commands/create-run/create-run.controller';
import { CreateRunHandler } from './commands/create-run/create-run.handler';
import { PauseRunController } from './commands/pause-run/pause-run.controller';
import { PauseRunHandler } from './commands/pause-run/pause-run.handler';
import { ResumeRunController } from './commands/resume-run/resume-run.controller';
import { ResumeRunHandler } from './commands/resume-run/resume-run.handler';
import { BatchSize } from './execution/batch-size';
import { RunExecutor } from './execution/run-executor';
import { RunQueue } from './execution/run-queue';
import { RunWorker } from './execution/run-worker';
import { ExportRunReportController } from './queries/export-run-report/export-run-report.controller';
import { ExportRunReportHandler } from './queries/export-run-report/export-run-report.handler';
import { ItemFindings } from './queries/list-run-items/item-findings';
import { ListRunItemsController } from './queries/list-run-items/list-run-items.controller';
import { ListRunItemsHandler } from './queries/list-run-items/list-run-items.handler';
import { ReadRunsController } from './queries/read-runs/read-runs.controller';
import { WatchRunController } from './queries/watch-run/watch-run.controller';
import { WatchRunHandler } from './queries/watch-run/watch-run.handler';
import { RunStateMachine } from './state/run.state-machine';
import { RunItems } from './views/run-items';
import { RunQueries } from './views/run-queries';
import { RunWatch } from './views/run-watch';

/**
 * The anonymization of many customers: previewed, started, paused, and carried out batch by batch. The anonymization of
 * one customer is recorded as a run of one item.
 */
@Module({
  imports: [AnonymizationModule, AuditModule, CustomerModule, EmployeeModule],
  controllers: [
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
  ],
  providers: [
    AnonymizeCustomerHandler,
    SingleRuns,
    CreateRunHandler,
    AnonymizeSelectionHandler,
    PauseRunHandler,
    ResumeRunHandler,
    CancelRunHandler,
    ListRunItemsHandler,
    ItemFindings,
    ExportRunReportHandler,
    WatchRunHandler,
    RunStateMachine,
    RunQueries,
    RunItems,
    RunWatch,
    RunExecutor,
    RunQueue,
    BatchSize,
    RunWorker,
  ],
})
export class RunsModule {}
