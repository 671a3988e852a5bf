import { Injectable } from '@nestjs/common';
import { DomainError } from '../../kernel/domain-error';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import type { CustomerResponse } from './customer.response';
import { SELECT_CUSTOMER } from './queries/customer-view.queries';

type CustomerRow = Omit<CustomerResponse, 'createdAt' | 'updatedAt' | 'anonymizedAt'> & {
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly anonymizedAt: Date | null;
};

/** A customer as the API shows it. */
@Injectable()
export class CustomerView {
  constructor(private readonly transaction: TransactionRunner) {}

  /** @throws DomainError `CUSTOMER_NOT_FOUND` */
  async readCustomer(customerId: string): Promise<CustomerResponse> {
    const [row] = await this.transaction.query<CustomerRow>(`${SELECT_CUSTOMER} WHERE c.id = $1`, [customerId]);
    if (row === undefined) throw new DomainError('CUSTOMER_NOT_FOUND');
    return {
      ...row,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
      anonymizedAt: row.anonymizedAt?.toISOString() ?? null,
    };
  }
}
