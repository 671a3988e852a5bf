import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { DataMap } from '../data-map';
import { closeMergeSource, fillMergeTarget, selectMergedCustomer } from './queries/merge-customers.queries';
import { SearchIndex } from './search-index';

export interface MergedCustomer {
  readonly id: string;
  readonly customerNumber: string;
  readonly createdAt: Date;
  readonly status: string;
  readonly isAnonymized: boolean;
  readonly isMerged: boolean;
  readonly isUnderLegalHold: boolean;
  /** the personal columns of the customer's own row; dates as `YYYY-MM-DD` */
  readonly personal: Readonly<Record<string, string | null>>;
}

/** The customers' own rows in a merge. The data map says which of their columns are personal. */
@Injectable()
export class CustomerRows {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly dataMap: DataMap,
    private readonly searchIndex: SearchIndex,
    private readonly clock: Clock,
  ) {}

  async find(customerId: string): Promise<MergedCustomer | undefined> {
    const personal = this.erasedColumns().map((name) => `'${name}', ${name}::text`);
    const [customer] = await this.transaction.query<MergedCustomer>(selectMergedCustomer(personal), [customerId]);
    return customer;
  }

  /**
   * Stores the source's names as former identities of the target where they differ, because the moved texts contain
   * them.
   */
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

  /** Fills the empty columns of the target from the source, and writes its new note. */
  async fillTarget(source: MergedCustomer, target: MergedCustomer, note: string | null): Promise<void> {
    const filled = [...this.erasedColumns(), 'last_name']
      .filter((name) => name !== 'note')
      .map((name) => `${name} = coalesce(t.${name}, s.${name})`);
    await this.transaction.execute(fillMergeTarget(filled), [source.id, target.id, this.clock.now(), note]);
  }

  /** Erases the source's personal columns and takes it out of the search. */
  async closeSource(source: MergedCustomer, target: MergedCustomer): Promise<void> {
    await this.searchIndex.remove(source.id);
    const erased = this.erasedColumns().map((name) => `${name} = NULL`);
    await this.transaction.execute(closeMergeSource(erased), [
      source.id,
      target.id,
      `Zusammengeführt mit ${target.customerNumber}`,
      this.clock.now(),
    ]);
  }

  /** Indexes the target under the names and addresses of both customers. */
  refreshSearch(target: MergedCustomer): Promise<void> {
    return this.searchIndex.refresh(target.id);
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
