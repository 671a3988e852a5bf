import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import { migrations } from '../../migrations';
import type { Connection, DatabaseAccess } from '../../src/platform/database/connection';
import { createDatabase } from '../../src/platform/database/database-access';
import { migrate } from '../../src/platform/database/migrate';
import type { ServerAddress } from '../../src/libraries/embedded-postgres';
import { withdrawPublicRights } from '../../src/platform/database/public-rights';
import { passwordOf } from '../../src/platform/database/roles';
import { noteTables } from './product-sinks';

export interface TestDatabase extends DatabaseAccess {
  /** a superuser's login, for access past the product */
  readonly superuser: Connection;
  /** Connects as the superuser; the client is closed by {@link drop}. */
  look(): Promise<Client>;
  drop(): Promise<void>;
}

/** A database of its own with roles and schema, copied from the template. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const [address, name] = [clusterAddress(), newName()];
  await asSuperuser(address, (client) =>
    client.query(`CREATE DATABASE ${name} TEMPLATE lethe_template STRATEGY file_copy OWNER lethe_owner`),
  );
  await asSuperuser(address, withdrawPublicRights, name);
  return testDatabase(address, name);
}

/** An empty database with the schema of an earlier version. `last` is the number of its last migration. */
export async function createOldDatabase(last: number): Promise<TestDatabase> {
  const [address, name] = [clusterAddress(), newName()];
  const { host, port, superuser, password } = address;
  await createDatabase({ host, port, user: superuser, password }, name);
  await migrate(accessTo(address, name).as('lethe_migrator'), migrations.slice(0, last));
  return testDatabase(address, name);
}

const clusterAddress = () => JSON.parse(readFileSync(process.env.LETHE_TEST_CLUSTER!, 'utf8')) as ServerAddress;

const newName = () => `test_${randomUUID().replaceAll('-', '')}`;

function testDatabase(address: ServerAddress, name: string): TestDatabase {
  const superuser = {
    host: address.host,
    port: address.port,
    user: address.superuser,
    password: address.password,
    database: name,
  };
  const clients: Client[] = [];
  const look = async () => {
    const client = new Client(superuser);
    clients.push(client);
    await client.connect();
    return client;
  };
  return {
    ...accessTo(address, name),
    superuser,
    look,
    drop: async () => {
      await noteTables(await look());
      for (const client of clients) await client.end();
      await asSuperuser(address, (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
    },
  };
}

/** The connections of the roles to a database of the test cluster. */
export function accessTo({ host, port, password }: ServerAddress, database: string): DatabaseAccess {
  return {
    as: (role) => ({ role, host, port, user: role, password: passwordOf(role, password), database }),
    weaknesses: [],
    onLost: () => undefined,
    stop: () => Promise.resolve(),
  };
}

async function asSuperuser<T>(
  address: ServerAddress,
  work: (client: Client) => Promise<T>,
  database = 'postgres',
): Promise<T> {
  const client = new Client({ ...address, user: address.superuser, database });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
