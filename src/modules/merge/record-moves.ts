import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/auth/actor';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { ArchiveInheritance } from '../archive';
import { LegalHolds, type MergedCustomer } from '../customer';
import { type CustomerTable, DataMap } from '../data-map';

/** Rows per table, without zeros. */
export type RowCounts = Readonly<Record<string, number>>;

export interface RowsOfMerge {
  readonly moved: RowCounts;
  /** memberships in selections, and relationships that the target already has or that would lead from it to itself */
  readonly dropped: RowCounts;
}

/** Rows of one table. */
interface Rows {
  readonly condition: string;
  readonly parameters: readonly string[];
}

/**
 * Moves the source's records to the target, table by table as the data map lists them. The owner of a table declares
 * what happens to its rows (`@OnMerge`), so new tables are included.
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
    const ids = [source.id, target.id] as const;
    await this.keepOneLegalHold(source, target, actor);
    // parents and children move in separate statements, so their foreign keys are checked at commit
    await this.transaction.query('SET CONSTRAINTS ALL DEFERRED');
    await this.lockSharedRows(ids);
    const [moved, dropped] = [new Map<string, number>(), new Map<string, number>()];
    for (const table of this.movingTables) {
      if (table.rule.onMerge === 'MOVED_BY_OWNER') continue;
      dropped.set(table.name, await this.dropRows(table, ids));
      moved.set(table.name, await this.moveRows(table, ids));
    }
    const ofArchive = await this.archive.move(source.id, target.id);
    return { moved: { ...withoutZeros(moved), ...ofArchive }, dropped: withoutZeros(dropped) };
  }

  /** Counts the rows that {@link move} would move and drop now. */
  async count(source: MergedCustomer, target: MergedCustomer): Promise<RowsOfMerge> {
    const [moved, dropped] = [new Map<string, number>(), new Map<string, number>()];
    for (const table of this.movingTables) {
      const surplus = await this.countRows(table, droppedRows(table, [source.id, target.id]));
      dropped.set(table.name, surplus);
      moved.set(table.name, (await this.countRows(table, rowsOf(table, source.id))) - surplus);
    }
    return { moved: withoutZeros(moved), dropped: withoutZeros(dropped) };
  }

  private get movingTables(): CustomerTable[] {
    return this.dataMap.allCustomerTables.filter(({ rule }) => rule.onMerge !== 'STAY');
  }

  private async lockSharedRows(ids: readonly [string, string]): Promise<void> {
    for (const { rule } of this.movingTables)
      if (typeof rule.onMerge === 'object' && rule.onMerge.lock !== undefined)
        await this.transaction.query(rule.onMerge.lock, ids);
  }

  private async dropRows(table: CustomerTable, ids: readonly [string, string]): Promise<number> {
    const rows = droppedRows(table, ids);
    if (rows === null) return 0;
    return this.transaction.execute(`DELETE FROM ${table.name} WHERE ${rows.condition}`, rows.parameters);
  }

  private async moveRows({ name, rule }: CustomerTable, ids: readonly [string, string]): Promise<number> {
    if (rule.onMerge === 'DELETE') return 0;
    if (typeof rule.onMerge === 'object') return this.transaction.execute(rule.onMerge.move, ids);
    let rows = 0;
    for (const column of rule.customerColumns)
      rows += await this.transaction.execute(`UPDATE ${name} SET ${column} = $2 WHERE ${column} = $1`, ids);
    return rows;
  }

  private async countRows({ name }: CustomerTable, rows: Rows | null): Promise<number> {
    if (rows === null) return 0;
    const { count } = await this.transaction.one<{ count: number }>(
      `SELECT count(*)::int AS count FROM ${name} WHERE ${rows.condition}`,
      rows.parameters,
    );
    return count;
  }

  /**
   * Of two holds in force, keeps the target's. Only a replay of a merge from before holds prevented merges finds two.
   */
  private async keepOneLegalHold(source: MergedCustomer, target: MergedCustomer, actor: Actor): Promise<void> {
    if (target.isUnderLegalHold && source.isUnderLegalHold) await this.holds.lift(source.id, actor);
  }
}

const rowsOf = ({ rule }: CustomerTable, customerId: string): Rows => ({
  condition: rule.customerColumns.map((column) => `${column} = $1`).join(' OR '),
  parameters: [customerId],
});

/** The source's rows that are deleted instead of moved, or null. */
function droppedRows(table: CustomerTable, ids: readonly [string, string]): Rows | null {
  const { onMerge } = table.rule;
  if (onMerge === 'DELETE') return rowsOf(table, ids[0]);
  if (typeof onMerge !== 'object' || onMerge.surplus === undefined) return null;
  return { condition: onMerge.surplus, parameters: ids };
}

const withoutZeros = (rows: ReadonlyMap<string, number>): RowCounts =>
  Object.fromEntries([...rows].filter(([, count]) => count > 0));
