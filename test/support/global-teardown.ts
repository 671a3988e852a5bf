import { searchSinks } from './sink-search';
import { removeTemporaryFolder } from './temporary-folder';

/** Undoes global-setup.ts, in the same process. Fails the run if a personal value has leaked. */
export default async function globalTeardown(): Promise<void> {
  const cluster = globalThis.letheTestCluster;
  if (cluster === undefined) return;
  await cluster.stop();
  searchSinks(process.env.LETHE_TEST_SINKS!);
  removeTemporaryFolder(globalThis.letheTestFolder!);
}
