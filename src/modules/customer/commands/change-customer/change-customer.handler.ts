import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DomainError } from '../../../../kernel/domain-error';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { requireRules } from '../../../records';
import { CustomerView } from '../../customer-view';
import { CustomerWrites } from '../../customer-writes';
import type { CustomerResponse } from '../../customer.response';
import { Customer } from '../../entities/customer.entity';
import { CustomerLocks } from '../../locks/customer-locks';
import { ChangeCustomer } from './change-customer.command';

@CommandHandler(ChangeCustomer)
export class ChangeCustomerHandler implements ICommandHandler<ChangeCustomer> {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly locks: CustomerLocks,
    private readonly writes: CustomerWrites,
    private readonly view: CustomerView,
  ) {}

  execute({ customerId, expectedVersion, changes }: ChangeCustomer): Promise<CustomerResponse> {
    return this.transaction.run(async () => {
      await this.locks.lockForBooking(customerId);
      const before = await this.view.readCustomer(customerId);
      // checked first, so that the client does not fix validation errors of a change that is refused anyway
      if (before.version !== expectedVersion) throw new DomainError('VERSION_STALE');
      requireRules(Customer, { ...before, ...changes });
      await this.writes.update(customerId, expectedVersion, changes);
      return this.view.readCustomer(customerId);
    });
  }
}
