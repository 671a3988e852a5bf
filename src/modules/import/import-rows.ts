import { CsvRecords } from './csv-records';
import { ImportFolder } from './import-folder';

/**
 * Reads the rows of one file of an import folder as the import does, keyed by column name. Yields nothing when the
 * folder has no such file.
 *
 * @param name file name without extension
 * @throws DomainError `IMPORT_FOLDER_NOT_FOUND`, `IMPORT_FOLDER_EMPTY`; MalformedCsv
 */
export async function* importRows(directory: string, name: string): AsyncGenerator<ReadonlyMap<string, string>> {
  const folder = await ImportFolder.open(directory);
  const found = folder.files.find(({ file }) => file.name === name);
  if (found === undefined) return;
  let header: readonly string[] | null = null;
  for await (const { cells } of new CsvRecords(found.path)) {
    if (header === null) header = cells;
    else yield new Map(header.map((column, index) => [column, cells[index] ?? '']));
  }
}
