import { parseArgs } from 'node:util';
import { DomainError } from '../kernel/domain-error';
import { ErasureScrub, type ScrubbedTable, UncleanedRuns } from '../modules/anonymization';
import { DataMap } from '../modules/data-map';
import { ENTITIES_BY_MODULE } from '../modules/entities';
import { Clock } from '../platform/clock/clock';
import { LetheConfig } from '../platform/config/lethe-config';
import type { DatabaseAccess } from '../platform/database/connection';
import { createDataSource } from '../platform/database/data-source';
import { openDatabase } from '../platform/database/database-access';
import { TransactionRunner } from '../platform/database/transaction-runner';
import { reportAndExit } from './report-and-exit';

const USAGE = 'Usage: npm run erasure:scrub -- [--table NAME]';

const REFUSALS: Readonly<Record<string, (table: string) => string>> = {
  MAINTENANCE_UNDER_WAY: () => 'Another process maintains the tables; run this again later.',
  TABLE_UNKNOWN: (table) => `No customer records are kept in ${table}.`,
  TABLE_HELD: (table) =>
    `${table} is held by somebody else; nothing else is missing from the tables above. Run this again.`,
  OLDER_SNAPSHOT: (table) =>
    `${table} has dead rows that a transaction under way may still see, here or on a replica; end it and run this again.`,
  TABLE_NOT_VACUUMED: (table) =>
    `${table} was skipped: only its owner, the owner of the database or a superuser may write it anew.`,
};

/** `npm run erasure:scrub`: writes the tables anew, so that what was erased is in no file of the database. */
async function main(parameters: readonly string[]): Promise<void> {
  const table = readParameters(parameters);
  const config = LetheConfig.fromEnvironment();
  const database = await openDatabase(config, 'attach');
  try {
    await scrub(database, new Clock(config), table);
  } finally {
    await database.stop();
  }
  console.log('The write-ahead log and backups are not reached; see docs/operations/erase-from-disk.md.');
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

function readParameters(given: readonly string[]): string | null {
  try {
    return parseArgs({ args: [...given], options: { table: { type: 'string' } } }).values.table ?? null;
  } catch {
    process.stderr.write(`${USAGE}\n`);
    process.exit(2);
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const line = error instanceof DomainError ? REFUSALS[error.code]?.(String(error.extensions.table)) : undefined;
  if (line === undefined) reportAndExit(error);
  process.stderr.write(`${line}\n`);
  process.exit(1);
});
