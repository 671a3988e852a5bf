import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DomainError } from '../../../../kernel/domain-error';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { invalid } from '../../../../platform/http/validation.pipe';
import { Erasure } from '../../../data-map';
import { type LegalHoldInForce, LegalHolds } from '../../legal-holds';
import { CustomerLocks } from '../../locks/customer-locks';
import { SetLegalHold } from './set-legal-hold.command';

@CommandHandler(SetLegalHold)
export class SetLegalHoldHandler implements ICommandHandler<SetLegalHold> {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly locks: CustomerLocks,
    private readonly holds: LegalHolds,
    private readonly erasure: Erasure,
  ) {}

  execute({ customerId, reasonCode, actor }: SetLegalHold): Promise<LegalHoldInForce> {
    return this.transaction.run(async () => {
      await this.locks.lockForBooking(customerId);
      // the code is written to the audit log, where nothing can be redacted
      if (await this.erasure.isNamedIn(customerId, reasonCode)) throw invalid('reasonCode', 'NAMES_CUSTOMER');
      const hold = await this.holds.set(customerId, reasonCode, actor);
      if (hold === null) throw new DomainError('LEGAL_HOLD_IN_FORCE');
      return hold;
    });
  }
}
