import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { SearchIndex } from '../customer';
import { DataMap } from '../data-map';

export interface MergedCustomer {
  readonly id: string;
  readonly customerNumber: string;
  readonly createdAt: Date;
  readonly isAnonymized: boolean;
  readonly isMerged: boolean;
}

/** The customers' own rows in a merge. Which of their columns are personal the data map says. */
@Injectable()
export class CustomerRows {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly dataMap: DataMap,
    private readonly searchIndex: SearchIndex,
    private readonly clock: Clock,
  ) {}

  async find(customerId: string): Promise<MergedCustomer | undefined> {
    const [customer] = await this.transaction.query<MergedCustomer>(
      `SELECT id, customer_number AS "customerNumber", created_at AS "createdAt", anonymized_at IS NOT NULL AS "isAnonymized",
         merged_into_id IS NOT NULL AS "isMerged"
       FROM customer WHERE id = $1`,
      [customerId],
    );
    return customer;
  }

  /** Says whose the source's records are from now on. */
  async markMerged(source: MergedCustomer, target: MergedCustomer): Promise<void> {
    await this.transaction.execute('UPDATE customer SET merged_into_id = $2 WHERE id = $1', [source.id, target.id]);
  }

  /** Keeps what the source was called where the target is called otherwise; the texts that moved name it so. */
  async rememberNames(source: MergedCustomer, target: MergedCustomer): Promise<void> {
    const names = this.columns('former_identity', ({ rule }) => rule.identifies !== undefined);
    const differing = names.map((name) => `nullif(s.${name}, coalesce(t.${name}, s.${name}))`);
    await this.transaction.execute(
      `INSERT INTO former_identity (customer_id, ${names.join(', ')})
       SELECT t.id, ${differing.join(', ')} FROM customer s, customer t
       WHERE s.id = $1 AND t.id = $2 AND num_nonnulls(${differing.join(', ')}) > 0`,
      [source.id, target.id],
    );
  }

  /** What the target does not know, the source tells. */
  async fillTarget(source: MergedCustomer, target: MergedCustomer): Promise<void> {
    const filled = [...this.erasedColumns(), 'last_name'].map((name) => `${name} = coalesce(t.${name}, s.${name})`);
    await this.transaction.execute(
      `UPDATE customer t SET ${filled.join(', ')}, version = t.version + 1, updated_at = $3 FROM customer s WHERE s.id = $1 AND t.id = $2`,
      [source.id, target.id, this.clock.now()],
    );
    await this.searchIndex.refresh(target.id);
  }

  /** Erases the source's personal columns and takes it out of the search. */
  async closeSource(source: MergedCustomer, target: MergedCustomer): Promise<void> {
    await this.searchIndex.remove(source.id);
    const erased = this.erasedColumns().map((name) => `${name} = NULL`);
    await this.transaction.execute(
      `UPDATE customer SET ${erased.join(', ')}, last_name = $2, status = 'DELETED', version = version + 1, updated_at = $3
       WHERE id = $1`,
      [source.id, `Zusammengeführt mit ${target.customerNumber}`, this.clock.now()],
    );
  }

  private erasedColumns(): string[] {
    return this.columns('customer', ({ rule }) => rule.treatment === 'ERASE');
  }

  private columns(table: string, which: (column: DataMap['tables'][number]['columns'][number]) => boolean): string[] {
    const mapped = this.dataMap.tables.find(({ name }) => name === table);
    if (mapped === undefined) throw new Error(`The data map knows no table ${table}`);
    return mapped.columns.filter(which).map(({ name }) => name);
  }
}
