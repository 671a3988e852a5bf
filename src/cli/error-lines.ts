import type { ErrorExtensions } from '../kernel/domain-error';
import { type ErrorCode, isProblemCode, type OperatorCode, type ProblemCode } from '../kernel/error-codes';
import { PROBLEM_DETAIL } from '../platform/http/problem';

type Line = string | ((extensions: ErrorExtensions) => string);

/** Text of an extension, which is a name, an id, a code or a count. */
const shown = (extension: unknown): string =>
  typeof extension === 'string' || typeof extension === 'number' ? String(extension) : 'unknown';

/** One line per code: what happened, what it means and what to do. It contains no personal value. */
const OPERATOR_LINES: Readonly<Record<OperatorCode, Line>> = {
  SETTING_INVALID: ({ variable }) =>
    `The value of ${shown(variable)} is not allowed. See docs/reference/settings.md for the allowed values.`,
  DATABASE_UNREACHABLE: ({ reason = 'no answer' }) =>
    `The database of DATABASE_URL cannot be reached (${shown(reason)}). Check its address and the login, and whether ` +
    'it is running.',
  DATABASE_TOO_OLD: 'The database of DATABASE_URL is older than PostgreSQL 15. Upgrade it.',
  DATABASE_ROLES_REFUSED: ({ sqlState }) =>
    `The login of DATABASE_URL may not create or assume the roles lethe_* (${shown(sqlState)}); ` +
    'see docs/operations/install.md.',
  DATABASE_ROLE_NOT_ASSUMED: ({ role }) =>
    `A session of DATABASE_URL does not have the role ${shown(role)}: a pooler drops the start-up options. ` +
    'Connect without the pooler, or configure it to pass them on.',
  DATABASE_POOLED_BY_TRANSACTION:
    'DATABASE_URL connects to a pooler in transaction mode. Use its session mode, or connect without it.',
  DATABASE_ENCODING: ({ encoding }) =>
    `The database of DATABASE_URL has the encoding ${shown(encoding)}; it must be created with UTF8.`,
  DATABASE_SETTING_REFUSED: ({ setting }) =>
    `A session of DATABASE_URL does not accept the setting ${shown(setting)}. Check ALTER DATABASE, ALTER ROLE ` +
    'and the pooler.',

  KEY_FILE_TOO_OPEN: ({ file }) => `Other users can read the key file ${shown(file)}. Change its mode to 0400.`,
  KEY_FILE_MALFORMED: ({ file }) => `The key file ${shown(file)} is damaged. Restore it from a backup of the keys.`,
  ARCHIVE_KEY_DIFFERS:
    'The key archive.key (LETHE_KEYS_DIR) is missing or belongs to another database. Restore it: no other key opens ' +
    'the documents.',
  AUDIT_KEY_DIFFERS:
    'The keys audit-log-* (LETHE_KEYS_DIR) are missing or belong to the log of another database. Restore them.',
  AUDIT_KEY_MISSING: 'There is no private key audit-log-*.key (LETHE_KEYS_DIR), so nothing can be signed. Restore one.',
  FISCAL_SEAL_INVALID:
    'The fiscal seal is not a supported age recipient. Correct LETHE_FISCAL_SEAL or, if it is not set, the files ' +
    'fiscal-seal.* (LETHE_KEYS_DIR).',
  FISCAL_SEAL_CHANGED: ({ known, recipient }) =>
    `The fiscal seal is ${recipient === null ? 'missing' : shown(recipient)}, but the database has ${shown(known)}. ` +
    'Restore the previous seal, or confirm the change: npm run keys:rotate -- seal',
  FISCAL_SEAL_IDENTITY_INVALID: 'An identity file is not an age identity file. Pass the one that belongs to the seal.',
  FISCAL_SEAL_NOT_OPENED:
    'No identity opens the documents: they were sealed to another fiscal seal. Pass every identity, each with its ' +
    'own --identity.',
  IDENTITY_FILE_UNREADABLE: 'An identity file cannot be read. Check its path and its permissions.',

  DATA_KEY_REFUSED:
    'The stored key of a document or sealed copy is damaged, or archive.key is not the key that wrapped it. The ' +
    'documents written so far are complete; restore the row from a backup.',
  CONTENT_ID_INVALID:
    'The database refers to a document content with an invalid id. Another program changed the row; restore it from ' +
    'a backup.',
  DOCUMENT_CONTENT_DAMAGED: ({ contentId }) =>
    `The content ${shown(contentId)} is damaged. The documents written so far are complete; ` +
    'restore the archive from a backup.',
  DOCUMENT_CONTENT_MISSING: ({ contentId }) =>
    `The content ${shown(contentId)} is missing. The documents written so far are complete; ` +
    'restore the archive from a backup.',
  OUT_DIR_UNWRITABLE: 'Cannot write to the output folder. Check its path, its permissions and the free space.',

  DATABASE_BEHIND_LEDGER:
    'The database is older than its ledger, for example after a restore. Run npm run erasure:replay first; see ' +
    'docs/reference/health.md.',
  LEDGER_LOST:
    'The ledger (LETHE_LEDGER_DIR) is empty or shorter than before. Restore it; see docs/reference/health.md.',
  LEDGER_FORGED:
    "A checkpoint of the ledger is not signed with this log's keys (LETHE_KEYS_DIR), or covers other entries. " +
    'Nothing was changed; see docs/reference/health.md.',
  LEDGER_DOUBLED:
    'Lines of the ledger (LETHE_LEDGER_DIR) are duplicated. Run npm run audit:export -- --repair first; see ' +
    'docs/reference/health.md.',
  LEDGER_NOT_DOUBLED:
    'The ledger has no duplicated lines at its end: it needs no repair, or has entries that the database lacks. Run ' +
    'npm run audit:verify to find out.',
  LEDGER_EMPTY: 'This folder contains no ledger. Pass the folder of the ledger.',
  LEDGER_NOT_EMPTY:
    'The folder LETHE_LEDGER_DIR is not empty. Move the files of the old ledger away, and keep them as evidence.',
  LEDGER_MALFORMED:
    'The ledger is damaged: one of its lines is not an entry. The entries before it were processed. Run this again ' +
    'with a sound copy of the ledger.',
  LEDGER_INCOMPLETE: ({ entry }) =>
    `The ledger ends after ${shown(entry)} entries, before its newest checkpoint. Run this again with a complete copy.`,
  LEDGER_CONFLICT:
    'The database has its own entries where the ledger has others. The entries before them were processed. Start ' +
    'again from a backup to which nothing was written after the restore.',
  LEDGER_TAKEN_OVER: ({ epoch }) =>
    `Another process now writes the ledger (epoch ${shown(epoch)}). ` +
    'Run the command again while nothing else writes it.',
  AUDIT_LOG_FORKED:
    'Database and ledger have different entries under the same sequence: they have different histories. Nothing was ' +
    'changed; see docs/reference/health.md.',
  AUDIT_LOG_IN_USE:
    'Another process writes the audit log: a server, a worker or a command. Stop it, and run this again.',
  AUDIT_TREE_INCOMPLETE:
    'The stored tree of the audit log has a gap, so nothing can be added to it. Restore the database from a ' +
    'backup, and then run npm run erasure:replay.',

  ERASURE_CONFLICT:
    'A replay could not erase or merge all customers again. Run npm run erasure:resolve first; see ' +
    'docs/reference/health.md.',
  ERASURE_NOT_RECORDED:
    'The audit log contains no erasure of this customer, so there is nothing to erase. Dismiss the conflict: ' +
    '--dismiss.',
  CONFLICT_NOT_FOUND: 'No open conflict has this number. List the conflicts: npm run erasure:resolve',
  CONFLICT_NOT_DISMISSIBLE:
    'The conflict cannot be dismissed for this reason: the audit log contains an erasure that must be repeated. Use ' +
    '--retry or --erase.',

  ERASURE_INCOMPLETE: ({ table }) =>
    `Rows of ${shown(table)} cannot be erased completely, because a trigger or another writer changes them ` +
    'meanwhile. The transaction was rolled back. Find the writer, and run this again.',
  PERSONAL_VALUE_LEFT: ({ table, column }) =>
    `The customer cannot be anonymized: a personal value would remain in ${shown(table)}.${shown(column)}. ` +
    'Nothing was changed; correct the record, and run this again.',
  MAINTENANCE_UNDER_WAY: 'Another process is maintaining the tables. Run this again later.',
  TABLE_UNKNOWN: ({ table }) => `${shown(table)} is not a table of customer records.`,
  TABLE_HELD: ({ table }) =>
    `Another session has locked ${shown(table)}. The tables printed above are done; run this again.`,
  TABLE_NOT_VACUUMED: ({ table }) =>
    `${shown(table)} was skipped: only its owner, the owner of the database or a superuser may rewrite it. ` +
    'Use such a login.',
  OLDER_SNAPSHOT: ({ table }) =>
    `${shown(table)} has dead rows that an open transaction can still see, here or on a replica. End ` +
    'the transaction, and run this again.',
  STATISTICS_NOT_FORGOTTEN: ({ table }) =>
    `Planner statistics of ${shown(table)}, which is empty, still contain old values. ` +
    'Run this again while no other process analyzes the table.',

  IMPORT_FOLDER_NOT_FOUND: 'The import folder does not exist. Check its path.',
  IMPORT_FOLDER_EMPTY: 'The import folder has no CSV file. Check its path.',
  IMPORT_FOLDER_CHANGED:
    'A document of the import folder disappeared during the import; nothing was imported. Complete the folder, and ' +
    'run this again.',
  IMPORT_REFUSED: ({ total }) => `${shown(total)} ${total === 1 ? 'error' : 'errors'}; nothing was imported.`,

  SELECTION_AMBIGUOUS: ({ ids }) => `Several selections have this name. Choose one with --selection-id: ${shown(ids)}`,
  CONFIRMATION_NEEDED: 'There is no terminal to ask on. Pass the number of ready customers with --confirm.',
  PASSWORD_FILE_UNREADABLE: 'The password file cannot be read. Check its path and its permissions.',
};

/** Lines that are more precise than the text of the API, which other problems use. */
const PROBLEM_LINES: Readonly<Partial<Record<ProblemCode, Line>>> = {
  INVALID_CREDENTIALS: 'The user name or the password is wrong, or the employee is locked.',
  FORBIDDEN: 'Only administrators may anonymize. The attempt is in the audit log.',
  CUSTOMER_NOT_FOUND:
    'No customer matches: the number is unknown, or the customer is not in the required state. Check the number; for ' +
    'a conflict, run npm run erasure:resolve -- --retry.',
  SELECTION_NOT_FOUND: 'No selection has this name or id.',
  ANONYMIZATION_RUN_NOT_FOUND: 'No run has this id.',
  CONFIRMATION_MISMATCH: 'The confirmation does not match. Nothing was changed; check the number, and run this again.',
  FOUR_EYES_REQUIRED: 'The administrator who created the run cannot start it. Ask another administrator.',
  RUN_STATE_CONFLICT: ({ state }) => `The run cannot be started: it is ${shown(state)}.`,
  LEGAL_HOLD: 'The customer is under a legal hold; compliance must lift it first. Nothing was changed.',
};

/** The line that a command prints when it fails with this error. */
export function lineFor(code: ErrorCode, extensions: ErrorExtensions): string {
  const line = isProblemCode(code) ? (PROBLEM_LINES[code] ?? PROBLEM_DETAIL[code]) : OPERATOR_LINES[code];
  return typeof line === 'string' ? line : line(extensions);
}
