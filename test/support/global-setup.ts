import { prepareTemplate } from './template-database';
import { TestCluster } from './test-cluster';

declare global {
  var letheTestCluster: TestCluster | undefined;
}

/** Starts one cluster for the whole run; the workers find the file with its address in LETHE_TEST_CLUSTER. */
export default async function globalSetup(): Promise<void> {
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
