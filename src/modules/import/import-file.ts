import type { CellType } from './cell-type';
import type { ImportCode } from './import-error';

/** A reference by natural key to records of another file, or to stored ones. */
export interface Reference {
  /** name of the file that contains the records */
  readonly to: string;
  /** column that stores their id */
  readonly as: string;
  /** whether the record must belong to the row's own customer */
  readonly ofSameCustomer?: boolean;
  /** whether the row belongs to the customer of the record */
  readonly givesCustomer?: boolean;
}

export interface Column {
  readonly type: CellType;
  readonly required: boolean;
  readonly reference?: Reference;
  /** example of an allowed value */
  readonly sample?: string;
  /** value of the cells when the file lacks the column */
  readonly whenAbsent?: string;
  /** value stored for an empty cell */
  readonly whenEmpty?: string;
  /** expression over the staged row `s`, if not the value itself is stored */
  readonly expression?: string;
  /** whether the table has no such column */
  readonly notStored?: boolean;
}

/** A stored column that is computed from the cells of the row. */
export interface DerivedColumn {
  readonly sql: string;
  readonly of?: (cell: (column: string) => string | null) => string | null;
}

/** No two rows have the same values in these columns, neither in the file nor in the table. */
export interface Unique {
  readonly columns: readonly string[];
  /** the column at which a duplicate is reported */
  readonly at: string;
  /** condition on a row of that name, if only some rows must be unique */
  readonly when?: (row: string) => string;
}

/** An error for rows that meet a condition. */
export interface Rule {
  readonly column: string;
  readonly code: ImportCode;
  /** on the staged row `s`; `cell` is the value of a column of the row */
  readonly when: (cell: (column: string) => string) => string;
}

export interface ImportFile {
  readonly name: string;
  readonly fileName: string;
  /** temporary table for the rows of the file */
  readonly staging: string;
  readonly table: string;
  readonly columns: Readonly<Record<string, Column>>;
  readonly derived: Readonly<Record<string, DerivedColumn>>;
  /** natural key by which other files refer to its records */
  readonly key?: string;
  readonly unique: readonly Unique[];
  readonly rules: readonly Rule[];
  /** Whether rows with an already stored key are allowed. They change the stored row only with `--update`. */
  readonly masterData: boolean;
  /** Conditions on `s`, one statement each. Rows that refer to rows of the same table are stored after those. */
  readonly passes: readonly string[];
}
