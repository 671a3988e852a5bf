import { setTimeout as delay } from 'node:timers/promises';

const INTERVAL_MS = 20;

/**
 * Only guards against waiting forever: shorter than a test's timeout, so that a hanging test reports what it waits for.
 */
export const PATIENCE_MS = 240_000;

/**
 * Waits until a condition holds.
 *
 * @throws Error that names the condition when the time is up
 */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  for (const end = Date.now() + patienceMs; !(await isSo()); await delay(INTERVAL_MS))
    if (Date.now() > end) throw new Error(`Not within ${patienceMs} ms: ${what}`);
}
