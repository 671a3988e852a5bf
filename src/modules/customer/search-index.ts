import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../platform/database/transaction-runner';

/**
 * Keeps `customer_search` in step with what customers are called; whoever changes name, number, contact or address
 * refreshes it.
 */
@Injectable()
export class SearchIndex {
  constructor(private readonly transaction: TransactionRunner) {}

  async refresh(...customerIds: readonly string[]): Promise<void> {
    await this.transaction.query('SELECT refresh_customer_search($1::uuid[])', [customerIds]);
  }

  /** The customer is found no more. */
  async remove(customerId: string): Promise<void> {
    await this.transaction.execute('DELETE FROM customer_search WHERE customer_id = $1', [customerId]);
  }
}
