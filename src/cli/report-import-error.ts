import { formatImportError, ImportRefused } from '../modules/import';
import { reportAndExit } from './report-and-exit';

/** Ends a command whose import failed: the reason on standard error, and exit code 1. */
export function reportImportError(error: unknown): never {
  if (error instanceof ImportRefused)
    process.stderr.write(error.errors.map((each) => `${formatImportError(each)}\n`).join(''));
  reportAndExit(error);
}
