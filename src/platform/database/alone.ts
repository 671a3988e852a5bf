import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { AdvisoryLock } from './advisory-lock';

const CONCURRENT_UPDATE = 'XX000';
const INSUFFICIENT_PRIVILEGE = '42501';
const MAX_ATTEMPTS = 20;

/**
 * Prepares a database in one transaction and excludes other processes that prepare it. A start on another database of
 * the cluster may change the same row of a shared catalogue, which PostgreSQL reports instead of waiting
 * (`tuple concurrently updated`). The work is then retried after 50 to 250 ms.
 */
export async function alone(administrator: Client, work: () => Promise<unknown>, tries = MAX_ATTEMPTS): Promise<void> {
  try {
    await administrator.query('BEGIN');
    await administrator.query('SELECT pg_advisory_xact_lock($1)', [AdvisoryLock.PREPARATION]);
    await work();
    await administrator.query('COMMIT');
  } catch (error) {
    await administrator.query('ROLLBACK');
    if (tries === 1 || (error as { code?: string }).code !== CONCURRENT_UPDATE) throw error;
    await delay(50 + randomInt(200));
    await alone(administrator, work, tries - 1);
  }
}

/** Like {@link alone}, for work that needs a superuser. A no-op when the administrator is not a superuser. */
export async function aloneIfAllowed(administrator: Client, work: () => Promise<unknown>): Promise<void> {
  try {
    await alone(administrator, work);
  } catch (error) {
    if ((error as { code?: string }).code !== INSUFFICIENT_PRIVILEGE) throw error;
  }
}
