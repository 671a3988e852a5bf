export { AnonymizeLoyaltyData } from './anonymization/anonymize-loyalty-data.command';
export { loyaltyBlockers } from './anonymization/loyalty.blockers';
export { loyaltyWarnings } from './anonymization/loyalty.warnings';
export { CustomerCard } from './entities/customer-card.entity';
export { ProgramEnrollment } from './entities/program-enrollment.entity';
export { LoyaltyModule } from './loyalty.module';
