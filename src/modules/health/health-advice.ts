import type { FaultCode, HealthWarningCode } from '../../kernel/health-code';

export interface HealthAdvice {
  /** meaning, as Markdown */
  readonly meaning: string;
  /** remedy, as Markdown; commands exactly as an operator types them */
  readonly action: string;
}

/** Meaning and remedy of each fault. The integration test `health-advice` executes the commands. */
export const FAULT_ADVICE: Readonly<Record<FaultCode, HealthAdvice>> = {
  DATABASE_BEHIND_LEDGER: {
    meaning: 'The database was restored from a backup. It holds customers again who were erased after the backup.',
    action: 'Run `npm run erasure:replay -- LEDGER`.',
  },
  ERASURE_CONFLICT: {
    meaning: 'A replay could not erase or merge a customer again.',
    action: '`npm run erasure:resolve` lists the conflicts and the commands that settle them.',
  },
  LEDGER_LOST: {
    meaning: 'The folder `LETHE_LEDGER_DIR` is empty, or shorter than the database knows it to be.',
    action:
      'Bring the folder back. If it is permanently lost, move its remains away and run `npm run audit:export -- ' +
      '--rebuild`: ' +
      'it writes a new ledger from the database.',
  },
  LEDGER_DOUBLED: {
    meaning:
      'Lines at the end of the ledger are duplicated or torn, because two processes of a version before 0.2 wrote ' +
      'it at the same time. ' +
      'The database has every entry.',
    action:
      'Run `npm run audit:export -- --repair`: it continues after the last sound entry and keeps the other lines ' +
      'as evidence.',
  },
  LEDGER_FORGED: {
    meaning: "The newest checkpoint of the ledger is not signed by this log's keys: another ledger, or a forgery.",
    action:
      'Move the folder away and keep it as evidence. Bring the right ledger back, or run `npm run audit:export -- ' +
      '--rebuild`. ' +
      'A restored database needs the right ledger.',
  },
  AUDIT_LOG_FORKED: {
    meaning:
      'Database and ledger hold different entries at the same positions. One of them belongs to another history, ' +
      'or was changed.',
    action:
      '`npm run audit:verify` names the first such entry. Bring the other half of the right history back: the ' +
      'ledger or the database, ' +
      'from its own backup.',
  },
  DATABASE_UNREACHABLE: {
    meaning: 'The database does not answer within 3 seconds.',
    action: 'Bring the database back. Lethe serves again by itself as soon as it answers.',
  },
};

/** Meaning and remedy of each warning. */
export const WARNING_ADVICE: Readonly<Record<HealthWarningCode, HealthAdvice>> = {
  FISCAL_SEAL_LOCAL: {
    meaning: 'The identity that opens sealed documents is in the keys folder.',
    action:
      'Copy `fiscal-seal.identity` to two offline media and delete it from the keys folder. Keep ' +
      '`fiscal-seal.recipient`, or set ' +
      '`LETHE_FISCAL_SEAL` to the same recipient. To use a key pair of your own (`age-keygen`), set ' +
      '`LETHE_FISCAL_SEAL` and run ' +
      '`npm run keys:rotate -- seal`.',
  },
  BOOTSTRAP_PASSWORD_SHORT: {
    meaning: 'The first password has fewer than 12 characters.',
    action: 'Change it in the portal or with `POST /api/v1/auth/password`.',
  },
  ONE_DATABASE_LOGIN: {
    meaning:
      'The login of `DATABASE_URL` can assume every database role. An attacker who takes over the process can do ' +
      'so, too.',
    action: 'Nothing to do with a single login; protect the host and the login accordingly.',
  },
  AUDIT_SEQUENCER_INTERRUPTED: {
    meaning:
      'The sequencer cannot write. New audit entries have no position in log or ledger yet, and runs do not complete.',
    action: 'Make the database and `LETHE_LEDGER_DIR` reachable and writable. The sequencer retries by itself.',
  },
  AUDIT_CHECKPOINT_STALE: {
    meaning: 'An audit entry has waited for more than a minute to be signed and exported.',
    action: 'Start a process that sequences, and make the database and `LETHE_LEDGER_DIR` reachable for it.',
  },
  AUDIT_VERIFICATION_FAILED: {
    meaning: 'The newest verification of the audit log found a problem.',
    action: '`npm run audit:verify` says what the problem is, and where.',
  },
  ERASURE_UNPROVEN: {
    meaning:
      'The daily comparison of customers and audit log found a difference: a customer is anonymized without an ' +
      'entry of each module, ' +
      'or is not anonymized although an entry says so.',
    action: '`npm run audit:verify` lists the customer ids; the log names them, too.',
  },
  AUDIT_DEFENCES_WEAKENED: {
    meaning:
      'A trigger, function, constraint, grant, owner or role that makes the log append-only is not as the ' +
      'migrations made it. ' +
      'Lethe checks at its start, daily, and every 10 minutes while a problem persists.',
    action:
      'The log event `audit_defences_weakened` names the objects. Find out who changed them, undo the change, and ' +
      'run `npm run audit:verify`.',
  },
  AUDIT_TRIPWIRE_MISSING: {
    meaning: "No event trigger refuses changes of the audit log's schema. The daily check still finds them.",
    action: 'Each start creates it where the login of `DATABASE_URL` may create event triggers.',
  },
  RUN_STALLED: {
    meaning: 'A running run has made no progress for 10 minutes.',
    action:
      'Start a process with `LETHE_WORKERS` above 0, check the database, and look for `AUDIT_CHECKPOINT_STALE`: a ' +
      'run completes only ' +
      'when its entries are under a checkpoint.',
  },
  ARCHIVE_UPKEEP_FAILED: {
    meaning: 'The purge or the removal of stranded contents failed.',
    action: 'The log names the cause. Lethe retries every 10 minutes.',
  },
  ARCHIVE_DIFFERS: {
    meaning:
      'In a random sample of 100 documents, contents are missing or cannot be decrypted. The archive folder is ' +
      'older than the database, or another one.',
    action: 'Bring the right archive folder back. Lethe checks daily, and every 10 minutes until the sample is sound.',
  },
  ARCHIVE_CONTENTS_FOREIGN: {
    meaning:
      'No document refers to most contents of the archive folder: it belongs to another database, or a large ' +
      'import was killed.',
    action: 'Check `LETHE_DATA_DIR`. Lethe removes nothing meanwhile.',
  },
  ARCHIVE_CONTENTS_MISSING: {
    meaning:
      'Contents of documents are missing: archive folder and database are from different days, or the folder is ' +
      'another one.',
    action: 'Bring the matching archive folder back. Lethe removes no stranded contents meanwhile.',
  },
  ERASURE_UPKEEP_FAILED: {
    meaning: 'Lethe could not vacuum the dead rows of a run.',
    action:
      'The log names the cause; Lethe retries. `TABLE_NOT_VACUUMED` means that the table does not belong to ' +
      '`lethe_owner`.',
  },
  ERASURE_REMAINS_IN_DEAD_ROWS: {
    meaning: 'More than an hour after a run ended, erased values are still readable in dead rows.',
    action:
      'End whatever holds the rows: an old transaction (`pg_stat_activity.backend_xmin`), a prepared transaction ' +
      '(`pg_prepared_xacts`), ' +
      'or a lagging replica (`pg_replication_slots.xmin`).',
  },
};
