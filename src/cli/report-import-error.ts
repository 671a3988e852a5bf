import { formatImportError, ImportRefused } from '../modules/import';
import { reportAndExit } from './report-and-exit';

/** Ends a command after a failed import: prints the reason on standard error, exit code 1. */
export function reportImportError(error: unknown): never {
  if (error instanceof ImportRefused)
    process.stderr.write(error.errors.map((each) => `${formatImportError(each)}\n`).join(''));
  reportAndExit(error);
}
