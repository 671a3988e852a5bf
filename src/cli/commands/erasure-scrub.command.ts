import { DomainError } from '../../kernel/domain-error';
import { ErasureScrub, type ScrubbedTable } from '../../modules/erasure-upkeep';
import { UncleanedRuns } from '../../modules/runs';
import { DataMap } from '../../modules/data-map';
import { ENTITIES_BY_MODULE } from '../../app/entities';
import { Clock } from '../../platform/clock/clock';
import { LetheConfig } from '../../platform/config/lethe-config';
import type { DatabaseAccess } from '../../platform/database/connection';
import { createDataSource } from '../../platform/database/data-source';
import { openDatabase } from '../../platform/database/database-access';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { defineCommand } from '../define-command';

/** `npm run erasure:scrub`: writes the tables anew, so that what was erased is in no file of the database. */
async function run(table: string | null): Promise<undefined> {
  const config = LetheConfig.fromEnvironment();
  const database = await openDatabase(config, 'attach');
  try {
    await scrub(database, new Clock(config), table);
  } finally {
    await database.stop();
  }
  console.log('The write-ahead log and backups are not reached; see docs/operations/erase-from-disk.md.');
  return undefined;
}

async function scrub(database: DatabaseAccess, clock: Clock, table: string | null): Promise<void> {
  const entities = Object.values(ENTITIES_BY_MODULE).flat();
  const dataSource = await createDataSource(database.as('lethe_app'), entities, 2).initialize();
  try {
    const runs = new UncleanedRuns(new TransactionRunner(dataSource), clock);
    const erasure = new ErasureScrub(database, new DataMap(dataSource, ENTITIES_BY_MODULE), runs);
    if (table !== null && !erasure.tables.includes(table)) throw new DomainError('TABLE_UNKNOWN', { table });
    await erasure.run(table, (scrubbed) => console.log(lineOf(scrubbed)));
  } finally {
    await dataSource.destroy();
  }
}

const lineOf = ({ table, before, after }: ScrubbedTable) => `${table}: ${kilobytes(before)} -> ${kilobytes(after)}`;

const kilobytes = (bytes: number) => `${Math.ceil(bytes / 1024)} kB`;

export const command = defineCommand({
  name: 'erasure:scrub',
  usage: ['[--table NAME]'],
  purpose: 'Rewrites the tables of customer records, so that no database file contains erased values.',

  options: { table: { type: 'string', value: 'NAME', purpose: 'only this table' } },
  exitCodes: {},
  run: ({ table = null }) => run(table),
});
