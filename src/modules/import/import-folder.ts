import { createReadStream, type ReadStream } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { DomainError } from '../../kernel/domain-error';
import { IMPORT_FILES } from './import-files';
import type { ImportFile } from './import-file';

/** A folder with CSV files and the documents that they name. */
export class ImportFolder {
  private constructor(
    private readonly path: string,
    private readonly names: readonly string[],
  ) {}

  /** Errors: `IMPORT_FOLDER_NOT_FOUND`, `IMPORT_FOLDER_EMPTY`. */
  static async open(path: string): Promise<ImportFolder> {
    const entries = await readdir(path, { withFileTypes: true }).catch(() => null);
    if (entries === null) throw new DomainError('IMPORT_FOLDER_NOT_FOUND');
    const names = entries.filter((entry) => !entry.isDirectory() && /\.csv$/i.test(entry.name)).map(({ name }) => name);
    if (names.length === 0) throw new DomainError('IMPORT_FOLDER_EMPTY');
    return new ImportFolder(await realpath(path), names.sort());
  }

  /** The files of docs/import.md that the folder contains, in the order of storing. */
  get files(): readonly { readonly file: ImportFile; readonly path: string }[] {
    return IMPORT_FILES.filter(({ fileName }) => this.names.includes(fileName)).map((file) => ({
      file,
      path: join(this.path, file.fileName),
    }));
  }

  /** CSV files that docs/import.md does not name. */
  get unknownFiles(): readonly string[] {
    return this.names.filter((name) => !IMPORT_FILES.some(({ fileName }) => fileName === name));
  }

  /** Resolves the path of a document, following links. Null when it does not exist or is outside of the folder. */
  async findDocument(file: string): Promise<string | null> {
    if (isAbsolute(file)) return null;
    const path = await realpath(join(this.path, file)).catch(() => null);
    if (path === null) return null;
    const below = relative(this.path, path);
    if (isAbsolute(below) || below === '..' || below.startsWith(`..${sep}`)) return null;
    return (await stat(path)).isFile() ? path : null;
  }

  async openDocument(file: string): Promise<ReadStream> {
    const path = await this.findDocument(file);
    if (path === null) throw new DomainError('IMPORT_FOLDER_CHANGED');
    return createReadStream(path);
  }
}
