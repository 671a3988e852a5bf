import { formatImportError, ImportRefused } from '../modules/import';
import { reportAndExit } from './report-and-exit';

/** Ends a command that imports a folder: says on standard error what is wrong with the folder, exit code 1. */
export function reportImportError(error: unknown): never {
  if (error instanceof ImportRefused)
    process.stderr.write(error.errors.map((each) => `${formatImportError(each)}\n`).join(''));
  reportAndExit(error);
}
