import { Ledger } from '../../libraries/transparency-log';
import { AuditLog, LEDGER_PROVIDERS, LedgerAnchor, LedgerRebuild, LogKeys } from '../../modules/audit';
import { LetheConfig } from '../../platform/config/lethe-config';
import type { DatabaseAccess } from '../../platform/database/connection';
import { openDatabase } from '../../platform/database/database-access';
import { DATABASE_ACCESS } from '../../platform/database/database.module';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { defineCommand, WrongUsage } from '../define-command';
import { KEY_FOLDER, type Tools, withTools } from '../tools.module';

type Mode = 'rebuild' | 'repair';

const TOOLS: Tools = {
  role: 'lethe_app',
  providers: [
    KEY_FOLDER,
    ...LEDGER_PROVIDERS,
    {
      provide: LedgerRebuild,
      inject: [DATABASE_ACCESS, Ledger, LogKeys, TransactionRunner, AuditLog],
      useFactory: (
        access: DatabaseAccess,
        ledger: Ledger,
        keys: LogKeys,
        transaction: TransactionRunner,
        audit: AuditLog,
      ) => new LedgerRebuild(access, ledger, keys, (entry) => transaction.run(() => audit.record(entry))),
    },
  ],
};

/** `npm run audit:export`: restores a lost ledger, or its damaged end, from the database. */
async function run(mode: Mode): Promise<undefined> {
  const config = LetheConfig.fromEnvironment();
  const database = await openDatabase(config, 'attach');
  try {
    const entries = await withTools(config, database, TOOLS, async (tools) => {
      const rebuild = tools.get(LedgerRebuild);
      return mode === 'rebuild' ? rebuild.rebuild() : rebuild.repair(tools.get(LedgerAnchor).doubled);
    });
    console.log(`entries: ${entries}`);
    return undefined;
  } finally {
    await database.stop();
  }
}

export const command = defineCommand({
  name: 'audit:export',
  usage: ['--rebuild | --repair'],
  purpose: 'Rebuilds a lost ledger, or repairs its damaged end, from the database.',

  options: {
    rebuild: {
      type: 'boolean',
      purpose: 'writes a new ledger into an empty folder, if the old one cannot be restored',
    },
    repair: {
      type: 'boolean',
      purpose: 'continues after the last sound entry of a ledger with duplicated lines, and sets those lines aside',
    },
  },
  exitCodes: {},
  run: ({ rebuild, repair }) => {
    if (rebuild === repair) throw new WrongUsage();
    return run(rebuild === true ? 'rebuild' : 'repair');
  },
});
