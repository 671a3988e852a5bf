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
    meaning:
      'The database was restored from a backup that is older than the ledger. It may contain customers who were ' +
      'erased since.',
    action: 'Run `npm run erasure:replay -- LEDGER`.',
  },
  ERASURE_CONFLICT: {
    meaning: 'A replay could not erase or merge a customer again.',
    action: '`npm run erasure:resolve` lists the conflicts and the commands that settle them.',
  },
  LEDGER_LOST: {
    meaning: 'The ledger in `LETHE_LEDGER_DIR` is empty, or has fewer entries than the database has recorded.',
    action:
      'Restore the folder. If that is impossible, move its files away and run `npm run audit:export -- --rebuild`: ' +
      'it writes a new ledger from the database.',
  },
  LEDGER_DOUBLED: {
    meaning:
      'Lines at the end of the ledger are duplicated or torn, because two processes of a version before 0.2 wrote ' +
      'it at the same time. The database has every entry.',
    action:
      'Run `npm run audit:export -- --repair`: it continues after the last sound entry and keeps the other lines ' +
      'as evidence.',
  },
  LEDGER_FORGED: {
    meaning:
      "The newest checkpoint of the ledger is not signed with this log's keys. The ledger belongs to another log, or " +
      'is forged.',
    action:
      'Move the folder away and keep it as evidence. Restore the right ledger, or run `npm run audit:export -- ' +
      '--rebuild`. A restored database needs the right ledger.',
  },
  AUDIT_LOG_FORKED: {
    meaning:
      'Database and ledger have different entries under the same sequence. One of them has another history, or was ' +
      'changed.',
    action:
      '`npm run audit:verify` shows the first such entry. Restore the one that is wrong, the ledger or the database, ' +
      'from its backup.',
  },
  DATABASE_UNREACHABLE: {
    meaning: 'The database does not answer within 3 seconds.',
    action: 'Start the database, or restore the connection. Lethe serves again as soon as the database answers.',
  },
};

/** Meaning and remedy of each warning. */
export const WARNING_ADVICE: Readonly<Record<HealthWarningCode, HealthAdvice>> = {
  FISCAL_SEAL_LOCAL: {
    meaning: 'The identity that opens sealed documents is in the keys folder.',
    action:
      'Copy `fiscal-seal.identity` to two offline media and delete it from the keys folder. Keep ' +
      '`fiscal-seal.recipient`, or set `LETHE_FISCAL_SEAL` to the same recipient. To use your own key pair ' +
      '(`age-keygen`), set `LETHE_FISCAL_SEAL` and run `npm run keys:rotate -- seal`.',
  },
  BOOTSTRAP_PASSWORD_SHORT: {
    meaning: 'The first password has fewer than 12 characters.',
    action: 'Change it in the portal or with `POST /api/v1/auth/password`.',
  },
  ONE_DATABASE_LOGIN: {
    meaning:
      'The login of `DATABASE_URL` can assume every database role, and so can an attacker who takes over the process.',
    action: 'None: this is normal with a single login. Protect the host and the login accordingly.',
  },
  AUDIT_SEQUENCER_INTERRUPTED: {
    meaning:
      'The sequencer cannot write. New audit entries have no sequence and are not in the ledger, and runs do not ' +
      'complete.',
    action: 'Make the database and `LETHE_LEDGER_DIR` reachable and writable. The sequencer retries automatically.',
  },
  AUDIT_CHECKPOINT_STALE: {
    meaning: 'An audit entry has not been signed and exported for more than a minute.',
    action:
      'Start a server or worker process, and make the database and `LETHE_LEDGER_DIR` reachable and writable for it.',
  },
  AUDIT_VERIFICATION_FAILED: {
    meaning: 'The last verification of the audit log found a problem.',
    action: '`npm run audit:verify` shows the problem and the entry.',
  },
  ERASURE_UNPROVEN: {
    meaning:
      'The daily comparison of customers and audit log found a difference: a customer is anonymized without an ' +
      'entry of each module, or is not anonymized although an entry says so.',
    action: '`npm run audit:verify` lists the customer ids, as does the log event `erasure_unproven`.',
  },
  AUDIT_DEFENCES_WEAKENED: {
    meaning:
      'A trigger, function, constraint, grant, owner or role that keeps the log append-only differs from what the ' +
      'migrations created. Lethe checks at its start, daily, and every 10 minutes while a problem persists.',
    action:
      'The log event `audit_defences_weakened` lists the objects. Find out who changed them, undo the change, and ' +
      'run `npm run audit:verify`.',
  },
  AUDIT_TRIPWIRE_MISSING: {
    meaning:
      "The event trigger that refuses changes to the audit log's schema is missing. The daily check still detects " +
      'changes.',
    action: 'Start Lethe once with a login that may create event triggers.',
  },
  RUN_STALLED: {
    meaning: 'A running run has made no progress for 10 minutes.',
    action:
      'Start a process with `LETHE_WORKERS` above 0, and check the database. If `AUDIT_CHECKPOINT_STALE` is shown ' +
      'too, resolve it first: a run completes when a checkpoint covers its entries.',
  },
  ARCHIVE_UPKEEP_FAILED: {
    meaning: 'The purge or the removal of stranded contents failed.',
    action: 'The log event `archive_upkeep_failed` gives the cause. Lethe retries every 10 minutes.',
  },
  ARCHIVE_DIFFERS: {
    meaning:
      'In a random sample of 100 documents, contents are missing or cannot be decrypted. The archive folder is ' +
      'older than the database, or belongs to another one.',
    action: 'Restore the right archive folder. Lethe checks daily, and every 10 minutes until the sample is sound.',
  },
  ARCHIVE_CONTENTS_FOREIGN: {
    meaning:
      'Most contents of the archive folder have no document: the folder belongs to another database, or a large ' +
      'import was killed.',
    action: 'Check `LETHE_DATA_DIR`. Lethe removes nothing until then.',
  },
  ARCHIVE_CONTENTS_MISSING: {
    meaning:
      'Contents of documents are missing: the archive folder and the database are from different days, or the folder ' +
      'belongs to another database.',
    action: 'Restore the archive folder that matches the database. Lethe removes no stranded contents until then.',
  },
  ERASURE_UPKEEP_FAILED: {
    meaning: 'Lethe could not vacuum the dead rows of a run.',
    action:
      'The log event `erasure_cleanup_failed` gives the cause; Lethe retries. `TABLE_NOT_VACUUMED` means that ' +
      '`lethe_owner` does not own the table.',
  },
  ERASURE_REMAINS_IN_DEAD_ROWS: {
    meaning: 'More than an hour after a run ended, erased values are still readable in dead rows.',
    action:
      'End the old transaction (`pg_stat_activity.backend_xmin`) or prepared transaction (`pg_prepared_xacts`) that ' +
      'prevents the vacuum, or let the replica catch up (`pg_replication_slots.xmin`).',
  },
};
