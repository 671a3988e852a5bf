export { AnonymizeLoyaltyData } from './anonymization/anonymize-loyalty-data.command';
export { loyaltyBlockers } from './anonymization/loyalty.blockers';
export { loyaltyWarnings } from './anonymization/loyalty.warnings';
export { CustomerCard } from './entities/customer-card.entity';
export { LoyaltyProgram } from './entities/loyalty-program.entity';
export { LoyaltyTransaction } from './entities/loyalty-transaction.entity';
export { ProgramEnrollment } from './entities/program-enrollment.entity';
export { LoyaltyModule } from './loyalty.module';
