import { Client } from 'pg';
import { createDatabase } from '../../src/platform/database/database-access';
import type { ServerAddress } from '../../src/libraries/embedded-postgres';
import { migrate } from '../../src/platform/database/migrate';
import { accessTo } from './test-database';

export const TEMPLATE_DATABASE = 'lethe_template';

/** Creates roles and schema once per test run on the fresh cluster; every test file gets a copy of them. */
export async function prepareTemplate(address: ServerAddress): Promise<void> {
  await createDatabase(
    { host: address.host, port: address.port, user: address.superuser, password: address.password },
    TEMPLATE_DATABASE,
  );
  await migrate(accessTo(address, TEMPLATE_DATABASE).as('lethe_migrator'));
  await simulate(address);
}

/** Lets tests set the database's clock. */
async function simulate({ host, port, superuser: user, password }: ServerAddress): Promise<void> {
  const client = new Client({ host, port, user, password, database: TEMPLATE_DATABASE });
  await client.connect();
  await client.query('INSERT INTO audit.simulation VALUES (now())');
  await client.end();
}
