import { Module } from '@nestjs/common';
import { CustomerModule, recordRoutes } from '../customer';
import { AnonymizeLoyaltyDataHandler } from './anonymization/anonymize-loyalty-data.handler';
import { EndEnrollmentController } from './commands/end-enrollment/end-enrollment.controller';
import { EndEnrollmentHandler } from './commands/end-enrollment/end-enrollment.handler';
import { InvalidateCardController } from './commands/invalidate-card/invalidate-card.controller';
import { InvalidateCardHandler } from './commands/invalidate-card/invalidate-card.handler';
import { CardRules } from './records/card-rules';
import { cards } from './records/card.record';
import { enrollments } from './records/enrollment.record';

@Module({
  imports: [CustomerModule],
  controllers: [
    ...recordRoutes(cards),
    ...recordRoutes(enrollments),
    InvalidateCardController,
    EndEnrollmentController,
  ],
  providers: [AnonymizeLoyaltyDataHandler, InvalidateCardHandler, EndEnrollmentHandler, CardRules],
})
export class LoyaltyModule {}
