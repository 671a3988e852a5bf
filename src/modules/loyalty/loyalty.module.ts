import { Module } from '@nestjs/common';
import { CustomerModule } from '../customer';
import { DataMapModule } from '../data-map';
import { AnonymizeLoyaltyDataHandler } from './anonymization/anonymize-loyalty-data.handler';
import { EndEnrollmentController } from './commands/end-enrollment/end-enrollment.controller';
import { EndEnrollmentHandler } from './commands/end-enrollment/end-enrollment.handler';
import { InvalidateCardController } from './commands/invalidate-card/invalidate-card.controller';
import { InvalidateCardHandler } from './commands/invalidate-card/invalidate-card.handler';
import { CardsController } from './records/cards.controller';
import { EnrollmentsController } from './records/enrollments.controller';

@Module({
  imports: [CustomerModule, DataMapModule],
  controllers: [CardsController, EnrollmentsController, InvalidateCardController, EndEnrollmentController],
  providers: [AnonymizeLoyaltyDataHandler, InvalidateCardHandler, EndEnrollmentHandler],
})
export class LoyaltyModule {}
