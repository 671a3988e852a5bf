import { ArchivePurge, type PurgedCounts } from '../../modules/archive';
import { Clock } from '../../platform/clock/clock';
import { LetheConfig } from '../../platform/config/lethe-config';
import { openForChanges } from '../open-for-changes';
import { defineCommand } from '../define-command';

/** `npm run archive:purge`: runs the daily purge immediately. */
async function run(): Promise<undefined> {
  const purged = await purge(LetheConfig.fromEnvironment());
  if (purged === null) {
    console.log('Another process is purging.');
    return undefined;
  }
  console.log(`customers: ${purged.customers}`);
  console.log(`documents: ${purged.documents}`);
  return undefined;
}

async function purge(config: LetheConfig): Promise<PurgedCounts | null> {
  const database = await openForChanges(config);
  try {
    return await new ArchivePurge(database, new Clock(config)).purgeDue();
  } finally {
    await database.stop();
  }
}

export const command = defineCommand({
  name: 'archive:purge',
  usage: [''],
  purpose: 'Deletes documents of anonymized customers whose retention period has ended.',

  options: {},
  exitCodes: {},
  run,
});
