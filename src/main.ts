import { reportAndExit } from './cli/report-and-exit';
import { LetheConfig } from './platform/config/lethe-config';
import { openDatabase } from './platform/database/database-access';
import { tuneGarbageCollection } from './platform/heap';
import { serve } from './app/serve';

async function main(): Promise<void> {
  tuneGarbageCollection();
  const config = LetheConfig.fromEnvironment();
  const { address, randomPassword, warnings, faults } = await serve(config, await openDatabase(config, 'serve'));
  const lines = [
    `Lethe serves at ${address} (API ${address}/api/v1, documentation ${address}/api/docs)`,
    ...(randomPassword === null
      ? []
      : [`First logins admin, employee and compliance, password ${randomPassword} (shown once)`]),
    ...faults.map((code) => `Fault ${code}: the API answers 503 until it is resolved, see docs/reference/health.md`),
    ...warnings.map((code) => `Warning ${code}: see docs/reference/health.md`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

main().catch(reportAndExit);
