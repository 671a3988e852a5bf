import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/domain-error';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { type CustomerState, findCustomer } from '../queries/find-customers.queries';

export interface LockedCustomer {
  readonly id: string;
  readonly customerNumber: string;
  readonly anonymizedAt: Date | null;
  readonly anonymizationRunId: string | null;
}

/**
 * Locks customers before anything else, in id order, in a separate statement. All code follows this lock order.
 */
@Injectable()
export class CustomerLocks {
  constructor(private readonly transaction: TransactionRunner) {}

  /**
   * Waits at most 5 s for a booking in another transaction, then fails with SQLSTATE 55P03 (lock timeout). Unknown ids
   * are missing from the result.
   */
  async lockForAnonymization(customerIds: readonly string[]): Promise<LockedCustomer[]> {
    await this.transaction.query(`SET LOCAL lock_timeout = '5s'`);
    return this.lock(customerIds, 'FOR UPDATE');
  }

  /** Like {@link lockForAnonymization}, but skips customers that another transaction has locked. */
  lockFreeForAnonymization(customerIds: readonly string[]): Promise<LockedCustomer[]> {
    return this.lock(customerIds, 'FOR UPDATE SKIP LOCKED');
  }

  /**
   * Starts every command that writes to customers' records. The lock excludes anonymizations and is shared by bookings.
   *
   * @throws DomainError `CUSTOMER_NOT_FOUND`, `CUSTOMER_ANONYMIZED`, `CUSTOMER_MERGED`
   */
  async lockForBooking(...customerIds: readonly string[]): Promise<void> {
    await this.transaction.query(`SET LOCAL lock_timeout = '5s'`);
    const locked = await this.lock(customerIds, 'FOR KEY SHARE');
    if (locked.length < new Set(customerIds).size) throw new DomainError('CUSTOMER_NOT_FOUND');
    // Checked in a later statement: the locking statement may have waited for the commit of the anonymization.
    const closed = await this.transaction.query<{ anonymized: boolean }>(
      `SELECT anonymized_at IS NOT NULL AS anonymized FROM customer
       WHERE id = ANY ($1::uuid[]) AND (anonymized_at IS NOT NULL OR merged_into_id IS NOT NULL)`,
      [customerIds],
    );
    if (closed.some(({ anonymized }) => anonymized)) throw new DomainError('CUSTOMER_ANONYMIZED');
    if (closed.length > 0) throw new DomainError('CUSTOMER_MERGED');
  }

  /**
   * Keeps an anonymization from committing until the transaction in progress ends, while it reads records and keys of
   * the customer. Bookings pass.
   *
   * @returns the state in a later statement than the lock, which may have waited for the commit of an anonymization
   * @throws DomainError `CUSTOMER_NOT_FOUND`
   */
  async lockForReading(customerId: string): Promise<CustomerState> {
    await this.transaction.query(`SET LOCAL lock_timeout = '5s'`);
    await this.transaction.query('SELECT FROM customer WHERE id = $1 FOR KEY SHARE', [customerId]);
    const customer = await findCustomer(this.transaction, customerId);
    if (customer === undefined) throw new DomainError('CUSTOMER_NOT_FOUND');
    return customer;
  }

  private async lock(customerIds: readonly string[], strength: string): Promise<LockedCustomer[]> {
    return this.transaction.queryPrepared<LockedCustomer>(
      `SELECT id, customer_number AS "customerNumber", anonymized_at AS "anonymizedAt",
          anonymization_run_id AS "anonymizationRunId"
       FROM customer WHERE id = ANY ($1::uuid[]) ORDER BY id ${strength}`,
      [customerIds],
    );
  }
}
