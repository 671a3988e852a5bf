import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import type { Booking, RecordRules } from '../records';

/**
 * Keeps `customer_search` up to date. Every change of name, number, contact, address or card must call {@link refresh}.
 * As the rules of a kind of record, it refreshes the customer of each new record.
 */
@Injectable()
export class SearchIndex implements RecordRules<object> {
  constructor(private readonly transaction: TransactionRunner) {}

  async refresh(...customerIds: readonly string[]): Promise<void> {
    await this.transaction.query('SELECT refresh_customer_search($1::uuid[])', [customerIds]);
  }

  added(_id: string, _fields: object, { customerId }: Booking): Promise<void> {
    return this.refresh(customerId);
  }

  /** Removes the customer from the search. */
  async remove(customerId: string): Promise<void> {
    await this.transaction.execute('DELETE FROM customer_search WHERE customer_id = $1', [customerId]);
  }
}
