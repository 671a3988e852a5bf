import { Injectable } from '@nestjs/common';
import { DomainError } from '../../kernel/domain-error';
import { Clock } from '../../platform/clock/clock';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { invalid } from '../../platform/http/validation.pipe';
import { newId } from '../../platform/ids';
import { type CustomerFields, givenColumns, type NewCustomer } from './customer-fields';
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
  async insert(customer: NewCustomer): Promise<string> {
    const id = newId();
    const now = this.clock.now();
    const values = [
      ['id', id] as const,
      ['customer_number', customer.customerNumber] as const,
      ['created_at', now] as const,
      ['updated_at', now] as const,
      ...(await this.columnsOf(customer)),
    ];
    const inserted = await this.transaction.execute(
      `INSERT INTO customer (${values.map(([column]) => column).join(', ')})
       VALUES (${values.map((_, index) => `$${index + 1}`).join(', ')}) ON CONFLICT (customer_number) DO NOTHING`,
      values.map(([, value]) => value),
    );
    if (inserted === 0) throw new DomainError('CUSTOMER_NUMBER_TAKEN');
    await this.searchIndex.refresh(id);
    return id;
  }

  /**
   * Writes the given fields. The version is part of the UPDATE's condition, not checked beforehand, so concurrent
   * changes cannot overwrite each other.
   *
   * @throws DomainError `VERSION_STALE`, `VALIDATION_FAILED` for an unknown branch
   */
  async update(customerId: string, expectedVersion: number, fields: CustomerFields): Promise<void> {
    const columns = await this.columnsOf(fields);
    const assignments = columns.map(([column], index) => `${column} = $${index + 4}`);
    const updated = await this.transaction.execute(
      `UPDATE customer SET ${['version = version + 1', 'updated_at = $3', ...assignments].join(', ')}
       WHERE id = $1 AND version = $2`,
      [customerId, expectedVersion, this.clock.now(), ...columns.map(([, value]) => value)],
    );
    if (updated === 0) throw new DomainError('VERSION_STALE');
    await this.searchIndex.refresh(customerId);
  }

  private async columnsOf(fields: CustomerFields): Promise<[column: string, value: string | null][]> {
    const columns = givenColumns(fields);
    if (fields.branchCode !== undefined) columns.push(['branch_id', await this.branchId(fields.branchCode)]);
    return columns;
  }

  private async branchId(code: string): Promise<string> {
    const [branch] = await this.transaction.query<{ id: string }>('SELECT id FROM branch WHERE code = $1', [code]);
    if (branch === undefined) throw invalid('branchCode', 'UNKNOWN_REFERENCE');
    return branch.id;
  }
}
