import { Module } from '@nestjs/common';
import { AnonymizeLoyaltyDataHandler } from './anonymization/anonymize-loyalty-data.handler';

@Module({ providers: [AnonymizeLoyaltyDataHandler] })
export class LoyaltyModule {}
