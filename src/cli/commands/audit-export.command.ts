import { Ledger } from '../../libraries/transparency-log';
import { AuditLog, LedgerAnchor, LedgerRebuild, LogKeys, TreeReader } from '../../modules/audit';
import { Clock } from '../../platform/clock/clock';
import { LetheConfig } from '../../platform/config/lethe-config';
import type { DatabaseAccess } from '../../platform/database/connection';
import { createDataSource } from '../../platform/database/data-source';
import { openDatabase } from '../../platform/database/database-access';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { KeyFolder } from '../../platform/keys/key-folder';
import { defineCommand, WrongUsage } from '../define-command';

type Work = 'rebuild' | 'repair';

/** `npm run audit:export`: writes a ledger that is lost for good, or its damaged end, anew from the database. */
async function run(work: Work): Promise<undefined> {
  const config = LetheConfig.fromEnvironment();
  const database = await openDatabase(config, 'attach');
  try {
    console.log(`entries: ${await exportLog(work, config, database)}`);
    return undefined;
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

export const command = defineCommand({
  name: 'audit:export',
  usage: ['--rebuild | --repair'],
  purpose: 'Writes a lost ledger, or the damaged end of one, from the database.',

  options: {
    rebuild: { type: 'boolean', purpose: 'writes a ledger that is lost for good into an empty folder' },
    repair: {
      type: 'boolean',
      purpose: 'continues after the sound entries of a ledger whose end was written twice; the rest is set aside',
    },
  },
  exitCodes: {},
  run: ({ rebuild, repair }) => {
    if (rebuild === repair) throw new WrongUsage();
    return run(rebuild === true ? 'rebuild' : 'repair');
  },
});
