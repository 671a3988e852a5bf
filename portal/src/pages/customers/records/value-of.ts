import type { AnyRow, Column } from './record-kind';

/** The value of a column in a row. */
export const valueOf = ([name, , derived]: Column<AnyRow>, row: AnyRow): unknown =>
  derived === undefined ? row[name] : derived(row);
