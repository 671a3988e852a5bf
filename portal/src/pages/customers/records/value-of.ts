import type { AnyRow, Column } from './record-kind';

/** What stands in a column of a row. */
export const valueOf = ([name, , derived]: Column<AnyRow>, row: AnyRow): unknown =>
  derived === undefined ? row[name] : derived(row);
