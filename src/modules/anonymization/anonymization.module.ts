import { Module } from '@nestjs/common';
import { ArchiveModule } from '../archive';
import { AuditModule } from '../audit';
import { CustomerModule } from '../customer';
import { DataMapModule } from '../data-map';
import { DeviceModule } from '../device';
import { FinanceModule } from '../finance';
import { LoyaltyModule } from '../loyalty';
import { EffectsRecords } from './preview/effects-records';
import { ForeignMentions } from './preview/foreign-mentions';
import { PreviewWarnings } from './preview/preview-warnings';
import { Verdicts } from './preview/verdicts';
import { PreviewAnonymizationController } from './queries/preview-anonymization/preview-anonymization.controller';
import { PreviewAnonymizationHandler } from './queries/preview-anonymization/preview-anonymization.handler';
import { AnonymizationSaga } from './saga/anonymization.saga';
import { AnonymizationSteps } from './saga/anonymization.steps';
import { AnonymizationContexts } from './saga/anonymization-contexts';
import { Failures } from './saga/failures';
import { StoredBlockers } from './saga/stored-blockers';
import { ValidationGuard } from './validation/validation.guard';

/**
 * The anonymization of customers: check, steps, proof, preview. It starts no worker, so runs, replay and tools can
 * import it.
 */
@Module({
  imports: [ArchiveModule, AuditModule, CustomerModule, DataMapModule, DeviceModule, FinanceModule, LoyaltyModule],
  controllers: [PreviewAnonymizationController],
  providers: [
    AnonymizationSaga,
    AnonymizationSteps,
    StoredBlockers,
    ValidationGuard,
    AnonymizationContexts,
    Failures,
    PreviewAnonymizationHandler,
    Verdicts,
    PreviewWarnings,
    EffectsRecords,
    ForeignMentions,
  ],
  exports: [
    AnonymizationSaga,
    AnonymizationSteps,
    ValidationGuard,
    AnonymizationContexts,
    Failures,
    Verdicts,
    EffectsRecords,
  ],
})
export class AnonymizationModule {}
