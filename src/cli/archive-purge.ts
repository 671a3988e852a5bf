import { ArchivePurge, type PurgedCounts } from '../modules/archive';
import { Clock } from '../platform/clock/clock';
import { LetheConfig } from '../platform/config/lethe-config';
import { openForChanges } from './open-for-changes';
import { reportAndExit } from './report-and-exit';

/** `npm run archive:purge`: what the serving product does once a day, now. */
async function main(parameters: readonly string[]): Promise<void> {
  if (parameters.length > 0) {
    process.stderr.write('Usage: npm run archive:purge\n');
    process.exit(2);
  }
  const purged = await purge(LetheConfig.fromEnvironment());
  if (purged === null) {
    console.log('Another process is purging.');
    return;
  }
  console.log(`customers: ${purged.customers}`);
  console.log(`documents: ${purged.documents}`);
}

async function purge(config: LetheConfig): Promise<PurgedCounts | null> {
  const database = await openForChanges(config);
  try {
    return await new ArchivePurge(database, new Clock(config)).run();
  } finally {
    await database.stop();
  }
}

main(process.argv.slice(2)).catch(reportAndExit);
