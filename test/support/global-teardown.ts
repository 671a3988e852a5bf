import { searchSinks } from './sink-search';
import { removeTemporaryFolder } from './temporary-folder';

/** Its counterpart is global-setup.ts, which runs in the same process. Fails the run when a value of a person got out. */
export default async function globalTeardown(): Promise<void> {
  const cluster = globalThis.letheTestCluster;
  if (cluster === undefined) return;
  await cluster.stop();
  searchSinks(process.env.LETHE_TEST_SINKS!);
  removeTemporaryFolder(globalThis.letheTestFolder!);
}
