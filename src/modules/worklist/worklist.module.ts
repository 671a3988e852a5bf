import { Module } from '@nestjs/common';
import { AnonymizationModule } from '../anonymization';
import { ListBlockedCustomersController } from './queries/list-blocked-customers/list-blocked-customers.controller';
import { ListBlockedCustomersHandler } from './queries/list-blocked-customers/list-blocked-customers.handler';
import { Worklist } from './worklist';
import { WorklistWorker } from './worklist-worker';

/** Customers whose anonymization was blocked, kept up to date until they can be anonymized. */
@Module({
  imports: [AnonymizationModule],
  controllers: [ListBlockedCustomersController],
  providers: [ListBlockedCustomersHandler, Worklist, WorklistWorker],
})
export class WorklistModule {}
