import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../platform/database/transaction-runner';

/** Keeps `customer_search` up to date. Every change of name, number, contact or address must call {@link refresh}. */
@Injectable()
export class SearchIndex {
  constructor(private readonly transaction: TransactionRunner) {}

  async refresh(...customerIds: readonly string[]): Promise<void> {
    await this.transaction.query('SELECT refresh_customer_search($1::uuid[])', [customerIds]);
  }

  /** Removes the customer from the search. */
  async remove(customerId: string): Promise<void> {
    await this.transaction.execute('DELETE FROM customer_search WHERE customer_id = $1', [customerId]);
  }
}
