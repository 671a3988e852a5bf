import { type FileHandle, mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { IMPORT_COLUMNS, type ImportFile, type ImportRow, type ImportValue } from './import-columns';

const ROWS_PER_WRITE = 1_000;

/**
 * Writes an import folder. Rows are buffered per file and written in batches by `flush`, which the caller awaits after every household: what is
 * held in memory does not grow with the number of customers.
 */
export class CsvFolder {
  private readonly rows = new Map<ImportFile, ImportValue[][]>();
  private documents: { path: string; content: string | Buffer }[] = [];

  private constructor(
    private readonly directory: string,
    private readonly handles: ReadonlyMap<ImportFile, FileHandle>,
  ) {}

  static async create(directory: string): Promise<CsvFolder> {
    await mkdir(join(directory, 'documents'), { recursive: true });
    const handles = new Map<ImportFile, FileHandle>();
    for (const file of Object.keys(IMPORT_COLUMNS) as ImportFile[]) {
      handles.set(file, await open(join(directory, `${file}.csv`), 'w'));
    }
    const folder = new CsvFolder(directory, handles);
    for (const file of handles.keys()) folder.rows.set(file, [[...IMPORT_COLUMNS[file]]]);
    return folder;
  }

  add<File extends ImportFile>(file: File, row: ImportRow<File>): void {
    const values: Partial<Record<string, ImportValue>> = row;
    this.rowsOf(file).push(IMPORT_COLUMNS[file].map((column) => values[column] ?? null));
  }

  /** Puts a file next to the CSV files; returns its path for the `file` column. */
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

  private rowsOf(file: ImportFile): ImportValue[][] {
    return this.rows.get(file) ?? [];
  }
}
