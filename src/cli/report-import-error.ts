import { DomainError } from '../kernel/domain-error';
import { formatImportError, ImportRefused } from '../modules/import';
import { reportAndExit } from './report-and-exit';

const FOLDER_ERRORS: Readonly<Record<string, string>> = {
  IMPORT_FOLDER_NOT_FOUND: 'The import folder does not exist.',
  IMPORT_FOLDER_EMPTY: 'The import folder has no CSV file.',
  IMPORT_FOLDER_CHANGED: 'A document of the import folder has gone while it was imported; nothing was imported.',
};

/** Ends a command that imports a folder: says on standard error what is wrong with the folder, exit code 1. */
export function reportImportError(error: unknown): never {
  if (error instanceof ImportRefused) {
    const count = `${error.total} ${error.total === 1 ? 'error' : 'errors'}; nothing was imported.`;
    end(...error.errors.map(formatImportError), count);
  }
  const line = error instanceof DomainError ? FOLDER_ERRORS[error.code] : undefined;
  if (line !== undefined) end(line);
  reportAndExit(error);
}

function end(...lines: readonly string[]): never {
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exit(1);
}
