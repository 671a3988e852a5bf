import { type ImportCode, type ImportError, ImportRefused } from './import-error';
import type { ImportFile } from './import-file';
import { IMPORT_FILES } from './import-files';

/** Maximum number of errors reported, and kept of each kind. */
export const MAX_REPORTED_ERRORS = 20;

/** Collects the errors of a folder, in bounded memory. */
export class ImportErrors {
  private readonly kept: ImportError[] = [];
  private total = 0;

  get none(): boolean {
    return this.total === 0;
  }

  /** @param count number of errors that this one represents, including itself */
  add(error: ImportError, count = 1): void {
    this.kept.push(error);
    this.total += count;
  }

  /** Collects the errors of one file, which is read in order. */
  ofFile(file: ImportFile): FileErrors {
    let found = 0;
    return {
      add: (line, column, code) => {
        found += 1;
        if (found <= MAX_REPORTED_ERRORS) this.add({ file: file.fileName, line, column, code });
        else this.total += 1;
      },
    };
  }

  throwIfAny(): void {
    if (this.none) return;
    const reported = [...this.kept].sort((a, b) => compare(positionOf(a), positionOf(b))).slice(0, MAX_REPORTED_ERRORS);
    throw new ImportRefused(reported, this.total);
  }
}

export interface FileErrors {
  add(line: number, column: string | null, code: ImportCode): void;
}

function positionOf({ file, line, column }: ImportError): number[] {
  const index = IMPORT_FILES.findIndex(({ fileName }) => fileName === file);
  const columns = Object.keys(IMPORT_FILES[index]?.columns ?? {});
  return [index, line ?? Infinity, columns.indexOf(column ?? '')];
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at === -1 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
