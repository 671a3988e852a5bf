import { Injectable } from '@nestjs/common';
import { DomainError } from '../../kernel/domain-error';
import { Clock } from '../../platform/clock/clock';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { violatedUnique } from '../../platform/database/violated-constraint';
import { newId } from '../../platform/ids';
import { requireBranchId } from '../branch';
import type { ChangeCustomerRequest } from './commands/change-customer/change-customer.request';
import type { CreateCustomerRequest } from './commands/create-customer/create-customer.request';
import { Customer } from './entities/customer.entity';
import { SearchIndex } from './search-index';

/** Writes a customer's own row and updates the search index. */
@Injectable()
export class CustomerWrites {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly searchIndex: SearchIndex,
    private readonly clock: Clock,
  ) {}

  /**
   * Inserts a customer and returns its id.
   *
   * @throws DomainError `CUSTOMER_NUMBER_TAKEN`, `VALIDATION_FAILED` for an unknown branch
   */
  async insert(customer: CreateCustomerRequest): Promise<string> {
    const id = newId();
    const now = this.clock.now();
    const columns = await this.columnsOf(customer);
    try {
      await this.transaction.repository(Customer).insert({ ...columns, id, createdAt: now, updatedAt: now });
    } catch (error) {
      const isTaken = violatedUnique(error) === 'customer_customer_number_key';
      throw isTaken ? new DomainError('CUSTOMER_NUMBER_TAKEN') : error;
    }
    await this.searchIndex.refresh(id);
    return id;
  }

  /**
   * Writes the given fields. The version is part of the UPDATE's condition, not checked beforehand, so concurrent
   * changes cannot overwrite each other.
   *
   * @throws DomainError `VERSION_STALE`, `VALIDATION_FAILED` for an unknown branch
   */
  async update(customerId: string, expectedVersion: number, fields: ChangeCustomerRequest): Promise<void> {
    const columns = await this.columnsOf(fields);
    const { affected } = await this.transaction
      .repository(Customer)
      .update({ id: customerId, version: expectedVersion }, { ...columns, updatedAt: this.clock.now() });
    if (affected === 0) throw new DomainError('VERSION_STALE');
    await this.searchIndex.refresh(customerId);
  }

  /** The fields as properties of the entity, which has the branch's id. */
  private async columnsOf({ branchCode, ...fields }: ChangeCustomerRequest) {
    if (branchCode === undefined) return fields;
    return { ...fields, branchId: await requireBranchId(this.transaction, branchCode, 'branchCode') };
  }
}
