import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/auth/actor';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { ArchiveInheritance } from '../archive';
import {
  LegalHolds,
  LOCK_RELATIONSHIPS,
  type MergedCustomer,
  MOVE_ADDRESSES,
  MOVE_RELATIONSHIPS,
  SURPLUS_RELATIONSHIPS,
} from '../customer';
import { DataMap } from '../data-map';
import { MOVE_BANK_ACCOUNTS } from '../finance';

/** Rows per table, without zeros. */
export type RowCounts = Readonly<Record<string, number>>;

export interface RowsOfMerge {
  readonly moved: RowCounts;
  /** memberships in selections, and relationships that the target already has or that would lead from it to itself */
  readonly dropped: RowCounts;
}

/** The customers' own rows, which do not move. */
const OWN_ROWS = new Set(['customer', 'customer_search']);

/** The archive's rows: their keys are bound to the customer. */
const OF_ARCHIVE = new Set(['archive_key', 'archive_document']);

/**
 * Conditions on rows `r` of the source that are deleted instead of moved. $1 source, $2 target.
 *
 * A selection is a decision about one person: selecting the source does not select the target. A relationship is
 * deleted if it would lead from the target to itself, or if the target already has the same one.
 */
const DROPPED: Readonly<Record<string, string>> = {
  selection_member: 'r.customer_id = $1 AND r.customer_id <> $2',
  relationship: SURPLUS_RELATIONSHIPS,
};

/** Statements for rows that could conflict with rows of the target. $1 source, $2 target. */
const MOVES: Readonly<Record<string, string>> = {
  address: MOVE_ADDRESSES,
  bank_account: MOVE_BANK_ACCOUNTS,
  relationship: MOVE_RELATIONSHIPS,
};

/**
 * Moves the source's records to the target, table by table as the data map lists them. New tables are thus included.
 */
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
    // parents and children move in separate statements, so their foreign keys are checked at commit
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

  /** Counts the rows that {@link move} would move and drop now. */
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
    const rows = await this.transaction.one<{ count: number }>(
      `SELECT count(*)::int AS count FROM ${table} r WHERE ${condition}`,
      ids,
    );
    return rows.count;
  }

  private async moveTable(table: string, customerColumns: readonly string[], ids: readonly string[]): Promise<number> {
    const move = MOVES[table];
    if (move !== undefined) return this.transaction.execute(move, ids);
    let rows = 0;
    for (const column of customerColumns)
      rows += await this.transaction.execute(`UPDATE ${table} SET ${column} = $2 WHERE ${column} = $1`, ids);
    return rows;
  }

  /**
   * Of two holds in force, keeps the target's. Only a replay of a merge from before holds prevented merges finds two.
   */
  private async keepOneLegalHold(source: MergedCustomer, target: MergedCustomer, actor: Actor): Promise<void> {
    if (target.isUnderLegalHold && source.isUnderLegalHold) await this.holds.lift(source.id, actor);
  }
}

const withoutZeros = (rows: ReadonlyMap<string, number>): RowCounts =>
  Object.fromEntries([...rows].filter(([, count]) => count > 0));
