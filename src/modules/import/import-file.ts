import type { CellType } from './cell-type';
import type { ImportCode } from './import-error';

/** A natural key of another file's records, or of stored ones. */
export interface Reference {
  /** name of the file whose records it names */
  readonly to: string;
  /** column that holds their id */
  readonly as: string;
  /** must belong to the row's own customer */
  readonly ofSameCustomer?: boolean;
  /** the row belongs to their customer */
  readonly givesCustomer?: boolean;
}

export interface Column {
  readonly type: CellType;
  readonly required: boolean;
  readonly reference?: Reference;
  /** of what a cell may hold */
  readonly sample?: string;
  /** what the cells hold when the column is left out */
  readonly whenAbsent?: string;
  /** what is stored for an empty cell */
  readonly whenEmpty?: string;
  /** expression over the staged row `s`, when not simply the value is stored */
  readonly expression?: string;
  /** not a column of the table */
  readonly notStored?: boolean;
}

/** Computed from the cells of the row, and stored. */
export interface DerivedColumn {
  readonly sql: string;
  readonly of?: (cell: (column: string) => string | null) => string | null;
}

/** No two rows agree in all these columns, neither in the file nor with what is stored. */
export interface Unique {
  readonly columns: readonly string[];
  /** the column at which a second one is reported */
  readonly at: string;
  /** condition on a row of that name, when it holds only for some */
  readonly when?: (row: string) => string;
}

/** An error of the rows that meet a condition. */
export interface Rule {
  readonly column: string;
  readonly code: ImportCode;
  /** on the staged row `s` */
  readonly when: string;
}

export interface ImportFile {
  readonly name: string;
  readonly fileName: string;
  /** temporary table that holds its rows */
  readonly staging: string;
  readonly table: string;
  readonly columns: Readonly<Record<string, Column>>;
  readonly derived: Readonly<Record<string, DerivedColumn>>;
  /** natural key by which other files refer to its records */
  readonly key?: string;
  readonly unique: readonly Unique[];
  readonly rules: readonly Rule[];
  /** A key that is stored already is no error; its row is changed with `--update` only. */
  readonly masterData: boolean;
  /** Conditions on `s`, one statement each: rows that refer to rows of the same table come after those. */
  readonly passes: readonly string[];
}
