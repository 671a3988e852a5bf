import { DomainError } from '../../kernel/domain-error';
import { ErasureScrub, type ScrubbedTable } from '../../modules/erasure-upkeep';
import { UncleanedRuns } from '../../modules/runs';
import { LetheConfig } from '../../platform/config/lethe-config';
import { openDatabase } from '../../platform/database/database-access';
import { DATA_MAP, ENTITIES } from '../data-map.tools';
import { defineCommand } from '../define-command';
import { type Tools, withTools } from '../tools.module';

const TOOLS: Tools = { role: 'lethe_app', entities: ENTITIES, providers: [DATA_MAP, UncleanedRuns, ErasureScrub] };

/**
 * `npm run erasure:scrub`: rewrites the tables of customer records, so that the database files contain no erased
 * values.
 */
async function run(table: string | null): Promise<undefined> {
  const config = LetheConfig.fromEnvironment();
  const database = await openDatabase(config, 'attach');
  try {
    await withTools(config, database, TOOLS, (tools) => scrub(tools.get(ErasureScrub), table));
  } finally {
    await database.stop();
  }
  console.log(
    'The write-ahead log and backups may still contain erased values; see docs/operations/erase-from-disk.md.',
  );
  return undefined;
}

async function scrub(erasure: ErasureScrub, table: string | null): Promise<void> {
  if (table !== null && !erasure.tables.includes(table)) throw new DomainError('TABLE_UNKNOWN', { table });
  await erasure.scrubTables(table, (scrubbed) => console.log(lineOf(scrubbed)));
}

const lineOf = ({ table, before, after }: ScrubbedTable) => `${table}: ${kilobytes(before)} -> ${kilobytes(after)}`;

const kilobytes = (bytes: number) => `${Math.ceil(bytes / 1024)} kB`;

export const command = defineCommand({
  name: 'erasure:scrub',
  usage: ['[--table NAME]'],
  purpose: 'Rewrites the tables of customer records, so that no database file contains erased values.',

  options: { table: { type: 'string', value: 'NAME', purpose: 'rewrites only this table' } },
  exitCodes: {},
  run: ({ table = null }) => run(table),
});
