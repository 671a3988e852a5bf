import { CustomerCard } from './customer-card.entity';
import { LoyaltyProgram } from './loyalty-program.entity';
import { LoyaltyTransaction } from './loyalty-transaction.entity';
import { ProgramEnrollment } from './program-enrollment.entity';

/** In order of erasure: the enrollment drops its reference to the card before the card is deleted. */
export const LOYALTY_ENTITIES = [LoyaltyProgram, ProgramEnrollment, LoyaltyTransaction, CustomerCard];
