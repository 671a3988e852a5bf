import { DomainError } from '../kernel/domain-error';
import { EmbeddedPostgresFailure } from '../platform/database/embedded';
import { describeError } from '../platform/logging/describe-error';

/** One clear line per refusal that an operator can act on; none of them shows a value. */
export const REFUSAL_LINES: Readonly<Record<string, (extensions: Readonly<Record<string, unknown>>) => string>> = {
  SETTING_INVALID: ({ variable }) => `The setting ${shown(variable)} has a value that is not allowed.`,
  DATABASE_UNREACHABLE: ({ reason = 'no answer' }) =>
    `The database of DATABASE_URL cannot be reached (${shown(reason)}).`,
  DATABASE_TOO_OLD: () => 'The database of DATABASE_URL is older than PostgreSQL 15.',
  DATABASE_ROLES_REFUSED: ({ sqlState }) =>
    `The login of DATABASE_URL may not create or assume the roles lethe_* (${shown(sqlState)}); see docs/operations/install.md.`,
  DATABASE_ROLE_NOT_ASSUMED: ({ role }) =>
    `A session of DATABASE_URL does not have the role ${shown(role)}: a pooler drops the start-up options. Connect without it, or let it pass them on.`,
  DATABASE_POOLED_BY_TRANSACTION: () =>
    'DATABASE_URL leads to a pooler that lends sessions for one transaction. Use its session mode, or connect without it.',
  DATABASE_ENCODING: ({ encoding }) =>
    `The database of DATABASE_URL has the encoding ${shown(encoding)}; it must be created with UTF8.`,
  DATABASE_SETTING_REFUSED: ({ setting }) =>
    `A session of DATABASE_URL does not take the setting ${shown(setting)}. Look for it in ALTER DATABASE, ALTER ROLE and the pooler.`,
  DATA_FOLDER_IN_USE: () => 'Another process serves from this data folder (LETHE_DATA_DIR).',
  FISCAL_SEAL_INVALID: () => 'The setting LETHE_FISCAL_SEAL is no age recipient that can be sealed to.',
  DATABASE_BEHIND_LEDGER: () =>
    'The database is older than its ledger, as after a restore: npm run erasure:replay comes first; see docs/reference/health.md.',
  ERASURE_CONFLICT: () =>
    'A replay could not erase or merge everybody again: npm run erasure:resolve comes first; see docs/reference/health.md.',
  LEDGER_LOST: () => 'The ledger (LETHE_LEDGER_DIR) is empty or shorter than it was; see docs/reference/health.md.',
  LEDGER_FORGED: () => 'The ledger (LETHE_LEDGER_DIR) is signed by none of its keys; see docs/reference/health.md.',
  AUDIT_LOG_FORKED: () => 'Database and ledger (LETHE_LEDGER_DIR) contradict each other; see docs/reference/health.md.',
  LEDGER_DOUBLED: () =>
    'Lines of the ledger (LETHE_LEDGER_DIR) stand twice: npm run audit:export -- --repair comes first; see docs/reference/health.md.',
  ARCHIVE_KEY_DIFFERS: () =>
    'The key archive.key (LETHE_KEYS_DIR) is missing or not the one of this database. Bring it back: nothing else opens the documents.',
  AUDIT_KEY_DIFFERS: () =>
    "The keys audit-log-* (LETHE_KEYS_DIR) are missing or not those of this database's log. Bring them back.",
  AUDIT_KEY_MISSING: () => 'No private key audit-log-*.key is left (LETHE_KEYS_DIR). Bring one back.',
  FISCAL_SEAL_CHANGED: ({ known, recipient }) =>
    `The fiscal seal is ${recipient === null ? 'missing' : shown(recipient)}, the database knows ${shown(known)}. ` +
    'Bring the known one back, or confirm the change: npm run keys:rotate -- seal',
  KEY_FILE_TOO_OPEN: ({ file }) => `The key file ${shown(file)} may be read by others; make it mode 0400.`,
  KEY_FILE_MALFORMED: ({ file }) => `The key file ${shown(file)} is damaged.`,
};

/** Extensions are names and codes. */
const shown = (extension: unknown): string => (typeof extension === 'string' ? extension : 'unknown');

/** Ends a command that cannot go on: one line on standard error, exit code 1. */
export function reportAndExit(error: unknown): never {
  process.stderr.write(`${lineOf(error)}\n`);
  process.exit(1);
}

function lineOf(error: unknown): string {
  if (error instanceof EmbeddedPostgresFailure) return error.message;
  const line = error instanceof DomainError ? REFUSAL_LINES[error.code] : undefined;
  if (line !== undefined) return line((error as DomainError).extensions);
  if ((error as { code?: unknown }).code === 'EADDRINUSE') return 'The port of PORT is in use.';
  return `The start failed: ${JSON.stringify(describeError(error))}`;
}
