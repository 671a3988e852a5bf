import { pipeline } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { type CsvRecord, CsvRecords, MalformedCsv } from './csv-records';
import type { Column, DerivedColumn, ImportFile } from './import-file';
import type { FileErrors } from './import-errors';

const BATCH_CHARACTERS = 64 * 1024;
const NAME_OF_A_COLUMN = /^[a-z][a-z0-9_]{0,62}$/;

/** A file whose rows are staged. */
export interface StagedFile {
  readonly rows: number;
  /** columns in its header */
  readonly columns: ReadonlySet<string>;
  /** false when parts of it could not be read */
  readonly whole: boolean;
}

/**
 * Creates the temporary table for the rows of a file: its columns and the line number. `faulty` marks rows with an
 * invalid cell; that cell is NULL.
 */
export function createStaging({ staging, columns, derived }: ImportFile): string {
  const typed = [
    ...Object.entries(columns).map(([name, { type }]) => `${name} ${type.sql}`),
    ...Object.entries(derived).map(([name, { sql }]) => `${name} ${sql}`),
  ];
  return `CREATE TEMPORARY TABLE ${staging} (line integer NOT NULL, faulty boolean NOT NULL,
      ${typed.join(', ')}) ON COMMIT DROP`;
}

/**
 * Streams a CSV file into its staging table and checks every cell.
 *
 * @param mayLack whether the file may omit a required column
 */
export async function stage(
  client: ClientBase,
  file: ImportFile,
  path: string,
  errors: FileErrors,
  mayLack: (column: string) => boolean,
): Promise<StagedFile> {
  const reader = new RowReader(file, new CsvRecords(path), errors, mayLack);
  const names = ['line', 'faulty', ...Object.keys(file.columns), ...Object.keys(file.derived)];
  await pipeline(reader.rows(), client.query(copyFrom(`COPY ${file.staging} (${names.join(', ')}) FROM STDIN`)));
  await client.query(`ANALYZE ${file.staging}`);
  return reader.result;
}

class RowReader {
  private header: readonly string[] | null = null;
  private rowCount = 0;
  private whole = true;
  private readonly columns: { readonly name: string; readonly column: Column; at: number }[];
  private readonly derived: readonly [string, DerivedColumn][];

  constructor(
    private readonly file: ImportFile,
    private readonly records: CsvRecords,
    private readonly errors: FileErrors,
    private readonly mayLack: (column: string) => boolean,
  ) {
    this.columns = Object.entries(file.columns).map(([name, column]) => ({ name, column, at: -1 }));
    this.derived = Object.entries(file.derived);
  }

  get result(): StagedFile {
    return { rows: this.rowCount, columns: new Set(this.header), whole: this.whole };
  }

  /** The rows in COPY's text format, many per chunk. */
  async *rows(): AsyncGenerator<string> {
    let batch = '';
    try {
      for await (const record of this.records) {
        if (this.header === null) this.readHeader(record);
        else batch += this.rowOf(record);
        if (batch.length < BATCH_CHARACTERS) continue;
        yield batch;
        batch = '';
      }
    } catch (error) {
      if (!(error instanceof MalformedCsv)) throw error;
      this.fail(error.line, null, 'MALFORMED_CSV');
    }
    if (this.header === null && this.whole) this.readHeader({ line: 1, cells: [] }); // an empty file
    if (batch !== '') yield batch;
  }

  private readHeader({ line, cells }: CsvRecord): void {
    this.header = cells;
    cells.forEach((name, index) => {
      // In a file without a header, these are values.
      if (!(name in this.file.columns)) this.fail(line, NAME_OF_A_COLUMN.test(name) ? name : null, 'UNKNOWN_COLUMN');
      else if (cells.indexOf(name) < index) this.fail(line, name, 'DUPLICATE_COLUMN');
    });
    for (const each of this.columns) {
      each.at = cells.indexOf(each.name);
      const { required, whenAbsent } = each.column;
      if (each.at === -1 && required && whenAbsent === undefined && !this.mayLack(each.name)) {
        this.fail(line, each.name, 'MISSING_COLUMN');
      }
    }
  }

  private fail(line: number, column: string | null, code: Parameters<FileErrors['add']>[2]): void {
    this.whole = false;
    this.errors.add(line, column, code);
  }

  private rowOf({ line, cells }: CsvRecord): string {
    this.rowCount += 1;
    if (cells.length !== this.header?.length) {
      this.fail(line, null, 'COLUMN_COUNT');
      return '';
    }
    const row: Record<string, string | null> = {};
    let faulty = false;
    for (const { name, column, at } of this.columns) {
      const value = at === -1 ? (column.whenAbsent ?? '') : (cells[at] ?? '');
      const problem = at === -1 ? null : this.problemOf(value, column);
      if (problem !== null) {
        this.errors.add(line, name, problem);
        faulty = true;
      }
      row[name] = problem === null ? storedOf(value, column) : null;
    }
    for (const [name, { of }] of this.derived)
      row[name] = faulty ? null : (of?.((column) => row[column] ?? null) ?? null);
    return `${line}\t${faulty ? 't' : 'f'}\t${Object.values(row).map(escaped).join('\t')}\n`;
  }

  private problemOf(value: string, { type, required }: Column) {
    if (value === '') return required ? 'REQUIRED' : null;
    if (this.records.isDamaged(value)) return 'INVALID_ENCODING';
    return type.problemOf(value);
  }
}

function storedOf(value: string, { type, whenEmpty }: Column): string | null {
  if (value === '') return whenEmpty ?? null;
  return type.toStored?.(value) ?? value;
}

const SPECIAL = /[\\\t\n\r]/;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function escaped(value: string | null): string {
  if (value === null) return '\\N';
  return SPECIAL.test(value) ? value.replace(/[\\\t\n\r]/g, (found) => ESCAPES[found] ?? found) : value;
}
