import { parseArgs } from 'node:util';
import { Ledger } from '../libraries/transparency-log';
import { AuditLog, LedgerAnchor, LedgerRebuild, LogKeys, TreeReader } from '../modules/audit';
import { Clock } from '../platform/clock/clock';
import { LetheConfig } from '../platform/config/lethe-config';
import type { DatabaseAccess } from '../platform/database/connection';
import { createDataSource } from '../platform/database/data-source';
import { openDatabase } from '../platform/database/database-access';
import { TransactionRunner } from '../platform/database/transaction-runner';
import { KeyFolder } from '../platform/keys/key-folder';
import { reportAndExit } from './report-and-exit';

const USAGE = `Usage: npm run audit:export -- --rebuild | --repair
  --rebuild  writes a ledger that is lost for good anew, into an empty folder
  --repair   goes on behind the sound entries of a ledger that was written twice at its end; what follows them is set aside`;

type Work = 'rebuild' | 'repair';

/** `npm run audit:export`: writes a ledger that is lost for good, or its damaged end, anew from the database. */
async function main(parameters: readonly string[]): Promise<void> {
  const work = workOf(parameters);
  if (work === null) {
    process.stderr.write(`${USAGE}\n`);
    process.exit(2);
  }
  const config = LetheConfig.fromEnvironment();
  const database = await openDatabase(config, 'attach');
  try {
    console.log(`entries: ${await exportLog(work, config, database)}`);
  } finally {
    await database.stop();
  }
}

async function exportLog(work: Work, config: LetheConfig, database: DatabaseAccess): Promise<number> {
  const dataSource = await createDataSource(database.as('lethe_app'), [], 2).initialize();
  try {
    const transaction = new TransactionRunner(dataSource);
    const keys = await LogKeys.openFor(await KeyFolder.open(config.keysFolder), transaction.queryAlone);
    const audit = new AuditLog(transaction, new Clock(config));
    const ledger = new Ledger(config.ledgerFolder);
    const rebuild = new LedgerRebuild(database, ledger, keys, (entry) => transaction.run(() => audit.record(entry)));
    if (work === 'rebuild') return await rebuild.run();
    return await rebuild.repair(new LedgerAnchor(transaction, new TreeReader(transaction), ledger, keys).doubled);
  } finally {
    await dataSource.destroy();
  }
}

function workOf(given: readonly string[]): Work | null {
  try {
    const flag = { type: 'boolean' } as const;
    const { rebuild, repair } = parseArgs({ args: [...given], options: { rebuild: flag, repair: flag } }).values;
    if (rebuild === repair) return null;
    return rebuild === true ? 'rebuild' : 'repair';
  } catch {
    return null;
  }
}

main(process.argv.slice(2)).catch(reportAndExit);
