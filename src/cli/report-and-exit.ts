import { DomainError } from '../kernel/domain-error';
import { EmbeddedPostgresFailure } from '../libraries/embedded-postgres';
import { LedgerFailure } from '../libraries/transparency-log';
import { databaseCodeOf, LOCK_NOT_AVAILABLE } from '../platform/database/transient-failure';
import { describeError } from '../platform/logging/describe-error';
import { lineFor } from './error-lines';

/** Ends a command with one line on standard error and exit code 1. */
export function reportAndExit(error: unknown): never {
  process.stderr.write(`${lineOf(error)}\n`);
  process.exit(1);
}

function lineOf(error: unknown): string {
  if (error instanceof EmbeddedPostgresFailure) return error.message;
  if (error instanceof LedgerFailure) return lineFor(error.code, error.details);
  if (error instanceof DomainError) return lineFor(error.code, error.extensions);
  if (databaseCodeOf(error) === LOCK_NOT_AVAILABLE)
    return 'Another session has locked a table or a row. What was printed is done; run this again.';
  if ((error as { code?: unknown }).code === 'EADDRINUSE') return 'The port of PORT is in use.';
  return `The command failed: ${JSON.stringify(describeError(error))}`;
}
