import { Injectable } from '@nestjs/common';
import { DomainError } from '../../kernel/domain-error';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { retryTransient } from '../../platform/database/transient-failure';
import { AuditLog, DataMapEntries, type LoggedDataMap } from '../audit';
import { CUSTOMERS } from '../customer';
import { type CustomerTable, DataMap, loggedDataMap, type Reapplication, reapplications } from '../data-map';

/** Customers per transaction. */
const CUSTOMERS_PER_BATCH = 500;

/** A waiting lock request blocks all later requests for the table. */
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
 * Applies the current data map to customers who were anonymized under an older one, for example when a column is later
 * classified as personal (docs/adr/0016-reapply-the-data-map-as-the-table-owner.md). Runs as the tables' owner: it
 * disables a table's guard in a transaction that only executes {@link reapplications}, while no other session can write
 * to the table.
 */
@Injectable()
export class ErasureReapply {
  private readonly logged: LoggedDataMap;

  /** @param transaction, audit and dataMaps of a data source that connects as `lethe_owner` */
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly map: DataMap,
    private readonly audit: AuditLog,
    private readonly dataMaps: DataMapEntries,
  ) {
    this.logged = loggedDataMap(map);
  }

  /** @param report called for each table with changed rows */
  async reapplyAll(report: (reapplied: ReappliedTable) => void): Promise<void> {
    for (const table of this.map.allCustomerTables)
      for (const reapplication of reapplications(table, CUSTOMERS)) {
        const reapplied = await this.reapply(table, reapplication);
        if (reapplied.rows > 0) report(reapplied);
      }
  }

  /**
   * @throws DomainError `ERASURE_INCOMPLETE` when changed rows are due again, for example because a trigger restores
   *   the values
   */
  private async reapply(table: CustomerTable, reapplication: Reapplication): Promise<ReappliedTable> {
    const customers = new Set<string>();
    let rows = 0;
    while (await this.isDue(reapplication)) {
      const changed = await retryTransient(() => this.transaction.run(() => this.changeBatch(table, reapplication)));
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

  /** Changes one batch. The guard is active again when the transaction ends, by commit or rollback. */
  private async changeBatch(
    { module, name }: CustomerTable,
    { treatment, guard, sql }: Reapplication,
  ): Promise<ChangedCustomer[]> {
    await this.transaction.query(`SET LOCAL lock_timeout = '${LOCK_TIMEOUT}'`);
    await this.transaction.query(`ALTER TABLE ${name} DISABLE TRIGGER ${guard}`);
    const changed = await this.transaction.query<ChangedCustomer>(sql, [CUSTOMERS_PER_BATCH]);
    await this.transaction.query(`ALTER TABLE ${name} ENABLE ALWAYS TRIGGER ${guard}`);
    if (changed.length === 0) return changed;
    await this.dataMaps.recordInForce(this.logged);
    await this.audit.record(
      ...changed.map(({ customer_id, rows }) => ({
        action: 'ERASURE_REAPPLIED' as const,
        module,
        outcome: 'SUCCEEDED' as const,
        actorId: null,
        actorRole: null,
        customerId: customer_id,
        details: { dataMap: this.logged.digest, effects: { [name]: { [treatment]: rows } } },
      })),
    );
    return changed;
  }
}
