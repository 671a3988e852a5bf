export { AnonymizeLoyaltyData } from './anonymization/anonymize-loyalty-data.command';
export { loyaltyBlockers } from './anonymization/loyalty.blockers';
export { loyaltyWarnings } from './anonymization/loyalty.warnings';
export { LoyaltyModule } from './loyalty.module';
