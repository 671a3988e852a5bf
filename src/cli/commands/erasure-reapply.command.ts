import { AuditLog, DataMapEntries } from '../../modules/audit';
import { ErasureReapply } from '../../modules/erasure-upkeep';
import { LetheConfig } from '../../platform/config/lethe-config';
import { DATA_MAP, ENTITIES } from '../data-map.tools';
import { defineCommand } from '../define-command';
import { openForChanges } from '../open-for-changes';
import { type Tools, withTools } from '../tools.module';

const TOOLS: Tools = {
  role: 'lethe_owner',
  entities: ENTITIES,
  providers: [DATA_MAP, AuditLog, DataMapEntries, ErasureReapply],
};

/** `npm run erasure:reapply`: applies the current data map to customers who were anonymized under an older one. */
async function run(): Promise<undefined> {
  const config = LetheConfig.fromEnvironment();
  const database = await openForChanges(config);
  try {
    let tables = 0;
    await withTools(config, database, TOOLS, (tools) =>
      tools.get(ErasureReapply).reapplyAll(({ table, customers, rows }) => {
        tables++;
        console.log(`${table}: ${rows} rows of ${customers} customers`);
      }),
    );
    console.log(tables === 0 ? 'Nothing to do.' : 'Old values are still readable in dead rows: npm run erasure:scrub');
    return undefined;
  } finally {
    await database.stop();
  }
}

export const command = defineCommand({
  name: 'erasure:reapply',
  usage: [''],
  purpose: "Applies today's data map to customers who were anonymized under an older one.",

  options: {},
  exitCodes: {},
  run,
});
