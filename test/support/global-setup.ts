import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { prepareTemplate } from './template-database';
import { createTemporaryFolder } from './temporary-folder';
import { TestCluster } from './test-cluster';

declare global {
  var letheTestCluster: TestCluster | undefined;
  var letheTestFolder: string | undefined;
}

/**
 * Starts one cluster for the whole run. LETHE_TEST_CLUSTER tells the workers the file with its address,
 * LETHE_TEST_SINKS the folder for the product's output.
 */
export default async function globalSetup(): Promise<void> {
  globalThis.letheTestFolder = createTemporaryFolder();
  process.env.LETHE_TEST_SINKS = mkdtempSync(join(globalThis.letheTestFolder, 'lethe-sinks-'));
  const cluster = await TestCluster.start();
  try {
    await prepareTemplate(cluster.postgres.address);
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  globalThis.letheTestCluster = cluster;
  process.env.LETHE_TEST_CLUSTER = cluster.addressFile;
}
