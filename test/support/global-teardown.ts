import { rmSync } from 'node:fs';
import { searchSinks } from './sink-search';

/** Its counterpart is global-setup.ts, which runs in the same process. Fails the run when a value of a person got out. */
export default async function globalTeardown(): Promise<void> {
  const cluster = globalThis.letheTestCluster;
  if (cluster === undefined) return;
  await cluster.stop();
  const folder = process.env.LETHE_TEST_SINKS!;
  searchSinks(folder);
  rmSync(folder, { recursive: true });
}
