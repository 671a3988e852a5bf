import { Client } from 'pg';
import type { ServerAddress } from '../../src/platform/database/embedded';

export const TEMPLATE_DATABASE = 'lethe_template';

/**
 * HOOK: called once per test run on the fresh cluster. Whatever is put into the template here (migrations) every test file finds in
 * its own copy. Leave no session open: PostgreSQL does not copy a database in use.
 */
export async function prepareTemplate({ host, port, superuser, password }: ServerAddress): Promise<void> {
  const client = new Client({ host, port, user: superuser, password, database: 'postgres' });
  await client.connect();
  try {
    await client.query(`create database ${TEMPLATE_DATABASE}`);
  } finally {
    await client.end();
  }
}
