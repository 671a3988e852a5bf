import { rmSync } from 'node:fs';
import { searchSinks } from './sink-search';

/** Undoes global-setup.ts, in the same process. Fails the run if a personal value has leaked. */
export default async function globalTeardown(): Promise<void> {
  const cluster = globalThis.letheTestCluster;
  if (cluster === undefined) return;
  await cluster.stop();
  const folder = process.env.LETHE_TEST_SINKS!;
  searchSinks(folder);
  rmSync(folder, { recursive: true });
}
