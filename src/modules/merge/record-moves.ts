import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/auth/actor';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { ArchiveInheritance } from '../archive';
import { LegalHolds } from '../customer';
import { DataMap } from '../data-map';
import type { MergedCustomer } from './customer-rows';

/** The customers' own rows, and the archive's, whose keys are bound to the customer. */
const NOT_HERE = new Set(['customer', 'customer_search', 'archive_key', 'archive_document']);

/**
 * Tables in which rows of both customers can be in each other's way. $1 source, $2 target; the rows that the last statement changes are those that
 * moved.
 */
const WITH_CONFLICTS: Readonly<Record<string, readonly string[]>> = {
  // a customer has one residential address
  address: [
    `UPDATE address SET customer_id = $2, type = CASE
       WHEN type = 'RESIDENTIAL' AND EXISTS (SELECT FROM address WHERE customer_id = $2 AND type = 'RESIDENTIAL') THEN 'OTHER' ELSE type END
     WHERE customer_id = $1`,
  ],
  // the target's default account stays the first
  bank_account: [
    `UPDATE bank_account a SET customer_id = $2, position = appended.position
     FROM (SELECT id, row_number() OVER (ORDER BY position) +
             coalesce((SELECT max(position) FROM bank_account WHERE customer_id = $2), 0) AS position
           FROM bank_account WHERE customer_id = $1) AS appended
     WHERE a.id = appended.id`,
  ],
  relationship: [
    // in one order, as the anonymization does: the relatives' rows are shared
    `SELECT FROM relationship WHERE $1 IN (customer_id, related_customer_id) OR $2 IN (customer_id, related_customer_id) ORDER BY id FOR UPDATE`,
    `DELETE FROM relationship WHERE (customer_id, related_customer_id) IN (($1, $2), ($2, $1))`,
    `DELETE FROM relationship r USING relationship kept WHERE r.kind = kept.kind AND (
       (r.customer_id = $1 AND kept.customer_id = $2 AND r.related_customer_id = kept.related_customer_id) OR
       (r.related_customer_id = $1 AND kept.related_customer_id = $2 AND r.customer_id = kept.customer_id))`,
    `UPDATE relationship SET customer_id = CASE customer_id WHEN $1 THEN $2 ELSE customer_id END,
       related_customer_id = CASE related_customer_id WHEN $1 THEN $2 ELSE related_customer_id END
     WHERE $1 IN (customer_id, related_customer_id)`,
  ],
  selection_member: [
    `DELETE FROM selection_member m USING selection_member kept
     WHERE m.customer_id = $1 AND kept.customer_id = $2 AND m.selection_id = kept.selection_id`,
    `UPDATE selection_member SET customer_id = $2 WHERE customer_id = $1`,
  ],
};

/** Gives the source's records to the target, table by table as the data map lists them: a new table moves without anybody thinking of it. */
@Injectable()
export class RecordMoves {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly dataMap: DataMap,
    private readonly holds: LegalHolds,
    private readonly archive: ArchiveInheritance,
  ) {}

  /** The number of rows per table; tables without any are left out. */
  async move(source: MergedCustomer, target: MergedCustomer, actor: Actor): Promise<Record<string, number>> {
    await this.keepOneLegalHold(source, target, actor);
    // parents and children move in separate statements
    await this.transaction.query('SET CONSTRAINTS ALL DEFERRED');
    const moved: Record<string, number> = {};
    for (const { name, rule } of this.dataMap.allCustomerTables) {
      if (NOT_HERE.has(name)) continue;
      const rows = await this.moveTable(name, rule.customerColumns, [source.id, target.id]);
      if (rows > 0) moved[name] = rows;
    }
    return { ...moved, ...(await this.archive.move(source.id, target.id)) };
  }

  private async moveTable(
    table: string,
    customerColumns: readonly string[],
    ids: readonly [string, string],
  ): Promise<number> {
    const statements =
      WITH_CONFLICTS[table] ??
      customerColumns.map((column) => `UPDATE ${table} SET ${column} = $2 WHERE ${column} = $1`);
    let rows = 0;
    for (const statement of statements) {
      rows = await this.transaction.execute(statement, ids);
    }
    return rows;
  }

  /** Of two holds in force the target's stays, so that the customer is under hold without a gap. */
  private async keepOneLegalHold(source: MergedCustomer, target: MergedCustomer, actor: Actor): Promise<void> {
    if (await this.holds.isInForce(target.id)) await this.holds.lift(source.id, actor);
  }
}
