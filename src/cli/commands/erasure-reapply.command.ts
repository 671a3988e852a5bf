import { ErasureReapply, type ReappliedTable } from '../../modules/erasure-upkeep';
import { AuditLog } from '../../modules/audit';
import { DataMap } from '../../modules/data-map';
import { ENTITIES_BY_MODULE } from '../../app/entities';
import { Clock } from '../../platform/clock/clock';
import { LetheConfig } from '../../platform/config/lethe-config';
import { ownerThrough, type DatabaseAccess } from '../../platform/database/connection';
import { createDataSource } from '../../platform/database/data-source';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { openForChanges } from '../open-for-changes';
import { defineCommand } from '../define-command';

/** `npm run erasure:reapply`: gives customers who were anonymized under an older data map what today's says. */
async function run(): Promise<undefined> {
  const config = LetheConfig.fromEnvironment();
  const database = await openForChanges(config);
  try {
    let tables = 0;
    await reapply(database, new Clock(config), ({ table, customers, rows }) => {
      tables++;
      console.log(`${table}: ${rows} rows of ${customers} customers`);
    });
    console.log(
      tables === 0 ? 'Nothing was left to do.' : 'Old values are still readable in dead rows: npm run erasure:scrub',
    );
    return undefined;
  } finally {
    await database.stop();
  }
}

async function reapply(database: DatabaseAccess, clock: Clock, report: (table: ReappliedTable) => void): Promise<void> {
  const owner = ownerThrough(database.as('lethe_migrator'));
  const dataSource = await createDataSource(owner, Object.values(ENTITIES_BY_MODULE).flat(), 2).initialize();
  try {
    const transaction = new TransactionRunner(dataSource);
    const map = new DataMap(dataSource, ENTITIES_BY_MODULE);
    await new ErasureReapply(transaction, map, new AuditLog(transaction, clock)).run(report);
  } finally {
    await dataSource.destroy();
  }
}

export const command = defineCommand({
  name: 'erasure:reapply',
  usage: [''],
  purpose: "Applies today's data map to customers who were anonymized under an older one.",

  options: {},
  exitCodes: {},
  run: run,
});
