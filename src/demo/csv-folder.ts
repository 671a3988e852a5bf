import { type FileHandle, mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';

export type ImportValue = string | number | boolean | null;

/** The columns of every import file, each with the value of rows that do not specify it. */
export type ImportColumns = Readonly<Record<string, Readonly<Record<string, ImportValue>>>>;

const ROWS_PER_WRITE = 1_000;

/**
 * Writes an import folder. Rows are buffered per file and written in batches by `flush`, which the caller awaits after
 * every household, so that memory does not grow with the number of customers.
 */
export class CsvFolder {
  private readonly rows = new Map<string, ImportValue[][]>();
  private documents: { path: string; content: string | Buffer }[] = [];

  private constructor(
    private readonly directory: string,
    private readonly columns: ImportColumns,
    private readonly handles: ReadonlyMap<string, FileHandle>,
  ) {}

  static async create(directory: string, columns: ImportColumns): Promise<CsvFolder> {
    await mkdir(join(directory, 'documents'), { recursive: true });
    const handles = new Map<string, FileHandle>();
    for (const file of Object.keys(columns)) handles.set(file, await open(join(directory, `${file}.csv`), 'w'));
    const folder = new CsvFolder(directory, columns, handles);
    for (const [file, named] of Object.entries(columns)) folder.rows.set(file, [Object.keys(named)]);
    return folder;
  }

  /**
   * Adds a row, which must specify every column that the demo fills, including empty ones. Other columns get a sample
   * value.
   */
  add(file: string, row: Readonly<Record<string, ImportValue | undefined>>): void {
    const columns = this.columns[file];
    if (columns === undefined) throw new Error(`The import has no file ${file}`);
    for (const column of Object.keys(row))
      if (!(column in columns)) throw new Error(`The import has no column ${column} in ${file}`);
    const cells = Object.entries(columns).map(([column, sample]) => (column in row ? (row[column] ?? null) : sample));
    this.rowsOf(file).push(cells);
  }

  /** Writes a file next to the CSV files and returns its path for the `file` column. */
  addDocument(name: string, content: string | Buffer): string {
    const path = `documents/${name}`;
    this.documents.push({ path, content });
    return path;
  }

  async flush(minimum = ROWS_PER_WRITE): Promise<void> {
    for (const { path, content } of this.documents) await writeFile(join(this.directory, path), content);
    this.documents = [];
    for (const [file, handle] of this.handles) {
      const rows = this.rowsOf(file);
      if (rows.length < minimum) continue;
      await handle.appendFile(stringify(rows.splice(0), { cast: { boolean: String } }));
    }
  }

  async close(): Promise<void> {
    try {
      await this.flush(1);
    } finally {
      for (const handle of this.handles.values()) await handle.close();
    }
  }

  private rowsOf(file: string): ImportValue[][] {
    return this.rows.get(file) ?? [];
  }
}
