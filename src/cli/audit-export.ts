import { parseArgs } from 'node:util';
import { DomainError } from '../kernel/domain-error';
import { AuditLog, Ledger, LedgerRebuild, LogKeys } from '../modules/audit';
import { Clock } from '../platform/clock/clock';
import { LetheConfig } from '../platform/config/lethe-config';
import type { DatabaseAccess } from '../platform/database/connection';
import { createDataSource } from '../platform/database/data-source';
import { openDatabase } from '../platform/database/database-access';
import { TransactionRunner } from '../platform/database/transaction-runner';
import { KeyFolder } from '../platform/keys/key-folder';
import { reportAndExit } from './report-and-exit';

const USAGE = 'Usage: npm run audit:export -- --rebuild';

const REFUSALS: Readonly<Record<string, string>> = {
  AUDIT_LOG_IN_USE:
    'Another process gives entries of the log their place: the product serves, and its ledger is not lost.',
  LEDGER_NOT_EMPTY:
    'The folder LETHE_LEDGER_DIR is not empty: what is left of the old ledger is evidence. Move it away, and keep it.',
};

/** `npm run audit:export -- --rebuild`: writes a ledger that is lost for good anew from the database. */
async function main(parameters: readonly string[]): Promise<void> {
  if (!wantsRebuild(parameters)) {
    process.stderr.write(`${USAGE}\n`);
    process.exit(2);
  }
  const config = LetheConfig.fromEnvironment();
  const database = await openDatabase(config, 'attach');
  try {
    console.log(`entries: ${await rebuild(config, database)}`);
  } finally {
    await database.stop();
  }
}

async function rebuild(config: LetheConfig, database: DatabaseAccess): Promise<number> {
  const keys = await LogKeys.open(await KeyFolder.open(config.keysFolder));
  const dataSource = await createDataSource(database.as('lethe_app'), [], 2).initialize();
  try {
    const transaction = new TransactionRunner(dataSource);
    const audit = new AuditLog(transaction, new Clock(config));
    const ledger = new Ledger(config.ledgerFolder);
    return await new LedgerRebuild(database, ledger, keys, (entry) => transaction.run(() => audit.record(entry))).run();
  } finally {
    await dataSource.destroy();
  }
}

function wantsRebuild(given: readonly string[]): boolean {
  try {
    return parseArgs({ args: [...given], options: { rebuild: { type: 'boolean' } } }).values.rebuild === true;
  } catch {
    return false;
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const line = error instanceof DomainError ? REFUSALS[error.code] : undefined;
  if (line === undefined) reportAndExit(error);
  process.stderr.write(`${line}\n`);
  process.exit(1);
});
