import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DomainError } from '../../../../kernel/domain-error';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { LegalHolds } from '../../legal-holds';
import { CustomerLocks } from '../../locks/customer-locks';
import { LiftLegalHold } from './lift-legal-hold.command';

@CommandHandler(LiftLegalHold)
export class LiftLegalHoldHandler implements ICommandHandler<LiftLegalHold> {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly locks: CustomerLocks,
    private readonly holds: LegalHolds,
  ) {}

  execute({ customerId, actor }: LiftLegalHold): Promise<void> {
    return this.transaction.run(async () => {
      await this.locks.lockForBooking(customerId);
      if (!(await this.holds.lift(customerId, actor))) throw new DomainError('LEGAL_HOLD_NOT_FOUND');
    });
  }
}
