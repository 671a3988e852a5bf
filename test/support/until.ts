import { setTimeout as delay } from 'node:timers/promises';

const INTERVAL_MS = 20;

/** Only a guard against waiting for ever: shorter than a test may take, so that a test that hangs says for what it waits. */
export const PATIENCE_MS = 240_000;

/**
 * Waits until something is so.
 *
 * @throws Error that says what has not come about
 */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  for (const end = Date.now() + patienceMs; !(await isSo()); await delay(INTERVAL_MS))
    if (Date.now() > end) throw new Error(`Not within ${patienceMs} ms: ${what}`);
}
