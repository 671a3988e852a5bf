/** Its counterpart is global-setup.ts, which runs in the same process. */
export default async function globalTeardown(): Promise<void> {
  await globalThis.letheTestCluster?.stop();
}
