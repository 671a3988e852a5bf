import type { Client } from 'pg';
import { DomainError } from '../../kernel/domain-error';
import { EmbeddedPostgres } from '../../libraries/embedded-postgres';
import type { LetheConfig } from '../config/lethe-config';
import { alone } from './alone';
import type { Connection, DatabaseAccess } from './connection';
import { migrate } from './migrate';
import { withdrawPublicRights } from './public-rights';
import { type LoginRole, passwordOf, provisionRoles, ROLES } from './roles';
import { connectAs, connectAsLogin, requireOwnSessions } from './session';
import { armTripwire } from './tripwire';

const DATABASE = 'lethe';
const MIN_SERVER_VERSION = 150000;

/**
 * Opens the configured database and brings its roles and schema up to date.
 *
 * @param mode `serve` owns the data folder; `attach` joins a serving process, or starts the server for the duration of
 *   a command
 * @throws DomainError `DATABASE_UNREACHABLE`, `DATABASE_TOO_OLD`, `DATABASE_ROLES_REFUSED`,
 *   `DATABASE_ROLE_NOT_ASSUMED`, `DATABASE_ENCODING`, `DATABASE_POOLED_BY_TRANSACTION`, `DATABASE_SETTING_REFUSED`
 * @throws EmbeddedPostgresFailure when the server of the data folder is unavailable
 */
export async function openDatabase(config: LetheConfig, mode: 'serve' | 'attach'): Promise<DatabaseAccess> {
  const { access, administrator } =
    config.databaseUrl === undefined ? await openEmbedded(config, mode) : await openExternal(config.databaseUrl);
  try {
    await requireRoles(access);
    await migrate(access.as('lethe_migrator'));
    await withClient(administrator, armTripwire);
    await withClient(administrator, withdrawPublicRights);
    return access;
  } catch (error) {
    await access.stop();
    throw error;
  }
}

/** Checks, before anything is changed, that every role can be assumed and keeps its session. */
async function requireRoles(access: DatabaseAccess): Promise<void> {
  await requireOwnSessions(access.as('lethe_app'));
  for (const role of ROLES.filter((name): name is LoginRole => name !== 'lethe_owner'))
    await (await connectAs(access.as(role))).end();
}

/** A database, and the login that prepares it for the roles. */
interface OpenedDatabase {
  readonly access: DatabaseAccess;
  readonly administrator: Connection;
}

async function openEmbedded(config: LetheConfig, mode: 'serve' | 'attach'): Promise<OpenedDatabase> {
  const server = await EmbeddedPostgres.open({ dataDir: config.dataFolder, mode });
  const { host, port, superuser, password } = server.address;
  const administrator = { host, port, user: superuser, password };
  try {
    await createDatabase(administrator, DATABASE);
  } catch (error) {
    await server.stop();
    throw error;
  }
  const access: DatabaseAccess = {
    as: (role) => ({ role, host, port, user: role, password: passwordOf(role, password), database: DATABASE }),
    weaknesses: [],
    onLost: (listener) => server.onExit(listener),
    stop: () => server.stop(),
  };
  return { access, administrator: { ...administrator, database: DATABASE } };
}

/** Creates roles and database on the embedded server. */
export async function createDatabase(
  administrator: Connection & { password: string },
  database: string,
): Promise<void> {
  await withClient({ ...administrator, database: 'postgres' }, async (client) => {
    await provisionRoles(client, administrator.password);
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)} OWNER lethe_owner`);
  });
  // The owner inherits nothing, not even a database owner's rights on the schema.
  await withClient({ ...administrator, database }, (client) =>
    alone(client, () =>
      client.query(
        `GRANT CONNECT ON DATABASE ${client.escapeIdentifier(database)} TO ${ROLES.join(', ')};
        GRANT USAGE, CREATE ON SCHEMA public TO lethe_owner`,
      ),
    ),
  );
}

async function openExternal(connectionString: string): Promise<OpenedDatabase> {
  await withClient({ connectionString }, async (client) => {
    const { rows } = await client.query<{ server_version_num: string }>('SHOW server_version_num');
    if (Number(rows[0]?.server_version_num) < MIN_SERVER_VERSION) throw new DomainError('DATABASE_TOO_OLD');
    try {
      const database = client.escapeIdentifier(
        (await client.query<{ name: string }>('SELECT current_database() AS name')).rows[0]!.name,
      );
      await provisionRoles(
        client,
        null,
        `GRANT CREATE, CONNECT ON DATABASE ${database} TO lethe_owner;
         GRANT USAGE, CREATE ON SCHEMA public TO lethe_owner`,
      );
    } catch (error) {
      throw new DomainError('DATABASE_ROLES_REFUSED', { sqlState: (error as { code?: string }).code });
    }
  });
  // Appends our options to those of the URL, because the server uses the last of two. Separate options in the URL would
  // replace ours, and every session would have the role of the login.
  const url = new URL(connectionString);
  const options = url.searchParams.get('options') ?? '';
  url.searchParams.delete('options');
  const access: DatabaseAccess = {
    as: (role) => ({ role, connectionString: url.href, options: `${options} -c role=${role}`.trimStart() }),
    weaknesses: ['ONE_DATABASE_LOGIN'],
    onLost: () => undefined, // an external server recovers by itself; until then, requests get 503
    stop: () => Promise.resolve(),
  };
  return { access, administrator: { connectionString } };
}

async function withClient<T>(connection: Connection, work: (client: Client) => Promise<T>): Promise<T> {
  const client = await connectAsLogin(connection).catch((error: unknown) => {
    if (error instanceof DomainError) throw error;
    throw new DomainError('DATABASE_UNREACHABLE', { reason: (error as { code?: string }).code });
  });
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
