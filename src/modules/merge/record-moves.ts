import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/auth/actor';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { ArchiveInheritance } from '../archive';
import { LegalHolds } from '../customer';
import { DataMap } from '../data-map';
import type { MergedCustomer } from './customer-rows';

/** Rows per table; tables without any are left out. */
export type RowCounts = Readonly<Record<string, number>>;

export interface RowsOfMerge {
  readonly moved: RowCounts;
  /** decisions about the source, and relationships that the target has or that would lead from it to itself */
  readonly dropped: RowCounts;
}

/** The customers' own rows, which do not move. */
const OWN_ROWS = new Set(['customer', 'customer_search']);

/** The archive's rows: their keys are bound to the customer. */
const OF_ARCHIVE = new Set(['archive_key', 'archive_document']);

/**
 * Rows of the source, `r`, that do not move. $1 source, $2 target.
 *
 * A membership of a selection is a decision about one person: whoever selected the source has not selected the target. A relationship goes when it
 * would lead from the target to itself, or when the target has the same one.
 */
const DROPPED: Readonly<Record<string, string>> = {
  selection_member: 'r.customer_id = $1 AND r.customer_id <> $2',
  relationship: `$1 IN (r.customer_id, r.related_customer_id)
    AND ($2 IN (r.customer_id, r.related_customer_id) OR EXISTS (
      SELECT FROM relationship kept
      WHERE kept.kind = r.kind
        AND ((r.customer_id = $1 AND kept.customer_id = $2 AND r.related_customer_id = kept.related_customer_id)
          OR (r.related_customer_id = $1 AND kept.related_customer_id = $2 AND r.customer_id = kept.customer_id))))`,
};

/** How rows move that would be in the way of the target's. $1 source, $2 target. */
const MOVES: Readonly<Record<string, string>> = {
  // a customer has one residential address
  address: `
    UPDATE address
    SET customer_id = $2,
      type = CASE
        WHEN type = 'RESIDENTIAL' AND EXISTS (SELECT FROM address WHERE customer_id = $2 AND type = 'RESIDENTIAL')
        THEN 'OTHER' ELSE type END
    WHERE customer_id = $1`,
  // the target's default account stays the first
  bank_account: `
    UPDATE bank_account account
    SET customer_id = $2, position = appended.position
    FROM (
      SELECT id, row_number() OVER (ORDER BY position) +
        coalesce((SELECT max(position) FROM bank_account WHERE customer_id = $2), 0) AS position
      FROM bank_account
      WHERE customer_id = $1) AS appended
    WHERE account.id = appended.id`,
  relationship: `
    UPDATE relationship
    SET customer_id = CASE customer_id WHEN $1 THEN $2 ELSE customer_id END,
      related_customer_id = CASE related_customer_id WHEN $1 THEN $2 ELSE related_customer_id END
    WHERE $1 IN (customer_id, related_customer_id)`,
};

/** In one order, as the anonymization does: relatives share the rows. */
const LOCK_RELATIONSHIPS = `
  SELECT FROM relationship
  WHERE $1 IN (customer_id, related_customer_id) OR $2 IN (customer_id, related_customer_id)
  ORDER BY id
  FOR UPDATE`;

/** Gives the source's records to the target, table by table as the data map lists them, so that a new table moves, too. */
@Injectable()
export class RecordMoves {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly dataMap: DataMap,
    private readonly holds: LegalHolds,
    private readonly archive: ArchiveInheritance,
  ) {}

  async move(source: MergedCustomer, target: MergedCustomer, actor: Actor): Promise<RowsOfMerge> {
    const ids = [source.id, target.id];
    await this.keepOneLegalHold(source, target, actor);
    // parents and children move in separate statements
    await this.transaction.query('SET CONSTRAINTS ALL DEFERRED');
    await this.transaction.query(LOCK_RELATIONSHIPS, ids);
    const [moved, dropped] = [new Map<string, number>(), new Map<string, number>()];
    for (const { name, rule } of this.movingTables) {
      if (OF_ARCHIVE.has(name)) continue;
      const condition = DROPPED[name];
      if (condition !== undefined)
        dropped.set(name, await this.transaction.execute(`DELETE FROM ${name} r WHERE ${condition}`, ids));
      moved.set(name, await this.moveTable(name, rule.customerColumns, ids));
    }
    const ofArchive = await this.archive.move(source.id, target.id);
    return { moved: { ...withoutZeros(moved), ...ofArchive }, dropped: withoutZeros(dropped) };
  }

  /** What {@link move} would move and drop now. */
  async count(source: MergedCustomer, target: MergedCustomer): Promise<RowsOfMerge> {
    const [moved, dropped] = [new Map<string, number>(), new Map<string, number>()];
    for (const { name, rule } of this.movingTables) {
      const owner = rule.customerColumns.map((column) => `r.${column} = $1`).join(' OR ');
      const condition = DROPPED[name];
      if (condition !== undefined) dropped.set(name, await this.countRows(name, condition, [source.id, target.id]));
      moved.set(name, (await this.countRows(name, owner, [source.id])) - (dropped.get(name) ?? 0));
    }
    return { moved: withoutZeros(moved), dropped: withoutZeros(dropped) };
  }

  private get movingTables() {
    return this.dataMap.allCustomerTables.filter(({ name }) => !OWN_ROWS.has(name));
  }

  private async countRows(table: string, condition: string, ids: readonly string[]): Promise<number> {
    const [rows] = await this.transaction.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM ${table} r WHERE ${condition}`,
      ids,
    );
    return rows!.count;
  }

  private async moveTable(table: string, customerColumns: readonly string[], ids: readonly string[]): Promise<number> {
    const move = MOVES[table];
    if (move !== undefined) return this.transaction.execute(move, ids);
    let rows = 0;
    for (const column of customerColumns)
      rows += await this.transaction.execute(`UPDATE ${table} SET ${column} = $2 WHERE ${column} = $1`, ids);
    return rows;
  }

  /** Of two holds in force the target's stays. Only a replay of a merge made before holds refused it finds any. */
  private async keepOneLegalHold(source: MergedCustomer, target: MergedCustomer, actor: Actor): Promise<void> {
    if (target.isUnderLegalHold && source.isUnderLegalHold) await this.holds.lift(source.id, actor);
  }
}

const withoutZeros = (rows: ReadonlyMap<string, number>): RowCounts =>
  Object.fromEntries([...rows].filter(([, count]) => count > 0));
