import { Injectable } from '@nestjs/common';
import type { Effect } from '../../kernel/anonymization-step';
import { DomainError } from '../../kernel/domain-error';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { retryTransient } from '../../platform/database/transient-failure';
import { AuditLog } from '../audit';
import { type CustomerTable, DataMap, type Reapplication, reapplications } from '../data-map';

/** Customers per transaction. */
const SET = 500;

/** Everybody who wants the table queues behind who waits for it. */
const LOCK_TIMEOUT = '2s';

export interface ReappliedTable {
  readonly table: string;
  readonly customers: number;
  readonly rows: number;
}

interface ChangedCustomer {
  readonly customer_id: string;
  readonly rows: number;
}

/**
 * Applies today's data map to customers who were anonymized under an older one, such as when a column is later found to
 * be personal (docs/adr/0016-reapply-the-data-map-as-the-table-owner.md). As the tables' owner: it puts a table's guard
 * aside for a transaction that does nothing but what {@link reapplications} says, while nobody else can write to the
 * table.
 */
@Injectable()
export class ErasureReapply {
  /** @param transaction and audit of a data source that is `lethe_owner` */
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly map: DataMap,
    private readonly audit: AuditLog,
  ) {}

  /** @param report called for each table of which rows were changed */
  async run(report: (reapplied: ReappliedTable) => void): Promise<void> {
    for (const table of this.map.allCustomerTables)
      for (const reapplication of reapplications(table)) {
        const reapplied = await this.reapply(table, reapplication);
        if (reapplied.rows > 0) report(reapplied);
      }
  }

  /**
   * @throws DomainError `ERASURE_INCOMPLETE` when what was changed is due again, such as by a trigger that writes it
   * back
   */
  private async reapply(table: CustomerTable, reapplication: Reapplication): Promise<ReappliedTable> {
    const customers = new Set<string>();
    let rows = 0;
    while (await this.isDue(reapplication)) {
      const changed = await retryTransient(() => this.transaction.run(() => this.changeSet(table, reapplication)));
      if (changed.length === 0 || changed.some(({ customer_id }) => customers.has(customer_id)))
        throw new DomainError('ERASURE_INCOMPLETE', { table: table.name });
      changed.forEach(({ customer_id }) => customers.add(customer_id));
      rows += changed.reduce((sum, customer) => sum + customer.rows, 0);
    }
    return { table: table.name, customers: customers.size, rows };
  }

  private async isDue({ probe }: Reapplication): Promise<boolean> {
    const [row] = await this.transaction.readAlone<{ due: boolean }>(probe, []);
    return row!.due;
  }

  /** A guard that is put aside comes back with the transaction's end, whatever end that is. */
  private async changeSet(
    { module, name }: CustomerTable,
    { treatment, guard, sql }: Reapplication,
  ): Promise<ChangedCustomer[]> {
    await this.transaction.query(`SET LOCAL lock_timeout = '${LOCK_TIMEOUT}'`);
    await this.transaction.query(`ALTER TABLE ${name} DISABLE TRIGGER ${guard}`);
    const changed = await this.transaction.query<ChangedCustomer>(sql, [SET]);
    await this.transaction.query(`ALTER TABLE ${name} ENABLE ALWAYS TRIGGER ${guard}`);
    if (changed.length > 0)
      await this.audit.record(
        ...changed.map(({ customer_id, rows }) => ({
          action: 'ERASURE_REAPPLIED' as const,
          module,
          outcome: 'SUCCEEDED' as const,
          actorId: null,
          actorRole: null,
          customerId: customer_id,
          details: { effects: [{ module, table: name, treatment, rows }] satisfies Effect[] },
        })),
      );
    return changed;
  }
}
