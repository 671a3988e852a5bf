import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { KnownCustomers } from '../../records';
import { findCustomer } from '../queries/find-customers.queries';

@Injectable()
export class StoredCustomers extends KnownCustomers {
  constructor(private readonly transaction: TransactionRunner) {
    super();
  }

  async exists(customerId: string): Promise<boolean> {
    return (await findCustomer(this.transaction, customerId)) !== undefined;
  }
}
