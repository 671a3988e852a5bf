import { setTimeout as delay } from 'node:timers/promises';

const INTERVAL_MS = 20;

/**
 * Only guards against waiting forever: shorter than a test's timeout, so that a hanging test reports what it waits for.
 */
export const TIMEOUT_MS = 240_000;

/**
 * Waits until a condition holds.
 *
 * @throws Error that names the condition when the time is up
 */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  timeoutMs = TIMEOUT_MS,
): Promise<void> {
  for (const end = Date.now() + timeoutMs; !(await isSo()); await delay(INTERVAL_MS))
    if (Date.now() > end) throw new Error(`Not within ${timeoutMs} ms: ${what}`);
}
