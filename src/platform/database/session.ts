import { randomUUID } from 'node:crypto';
import { Client, type ClientBase, type ClientConfig } from 'pg';
import { DomainError } from '../../kernel/domain-error';
import type { Connection, RoleConnection } from './connection';
import type { RoleName } from './roles';

/** Settings that the product's SQL and the driver depend on. They override database, login, URL and pooler. */
const SETTINGS: Readonly<Record<string, string>> = {
  client_encoding: 'UTF8',
  DateStyle: 'ISO, YMD',
  IntervalStyle: 'postgres',
  TimeZone: 'UTC',
  bytea_output: 'hex',
  extra_float_digits: '1',
  standard_conforming_strings: 'on',
  array_nulls: 'on',
  transform_null_equals: 'off',
  quote_all_identifiers: 'off',
  search_path: 'public',
  row_security: 'on',
  default_transaction_isolation: 'read committed',
  default_transaction_read_only: 'off',
  default_transaction_deferrable: 'off',
};

/** `session_replication_role` can be changed by a superuser only. With another value, foreign keys are not enforced. */
const EXPECTED = { ...SETTINGS, session_replication_role: 'origin' };

const MARK = 'lethe.session';
const PROTOCOL_VIOLATION = '08P01';

const PIN = Object.entries(SETTINGS)
  .map(([name, value]) => `SET ${name} = '${value}'`)
  .join(';\n');

const SETTINGS_OF_SESSION = Object.keys(EXPECTED)
  .map((name) => `'${name}', current_setting('${name}')`)
  .join(', ');

const PROOF = `
  SELECT current_user::text AS role, current_setting('server_encoding') AS encoding, pg_backend_pid() AS pid,
    current_setting('${MARK}', true) AS mark,
    jsonb_build_object(${SETTINGS_OF_SESSION}) AS settings`;

interface Proof {
  readonly role: string;
  readonly encoding: string;
  readonly pid: number;
  readonly mark: string | null;
  readonly settings: Readonly<Record<string, string>>;
}

/**
 * Sets and verifies the settings of a new session, in two transactions, before anything else is sent on it. This costs
 * two round trips per connection and none per transaction.
 *
 * @param role the role that the session must have; null for a login that only prepares the database
 * @throws DomainError `DATABASE_ROLE_NOT_ASSUMED`, `DATABASE_ENCODING`, `DATABASE_POOLED_BY_TRANSACTION`,
 *   `DATABASE_SETTING_REFUSED`
 */
export async function proveSession(client: ClientBase, role: RoleName | null): Promise<void> {
  const mark = randomUUID();
  await client.query(`${PIN};\nSET ${MARK} = '${mark}'`);
  const proof = (await client.query<Proof>(PROOF)).rows[0]!;
  if (role !== null && proof.role !== role) throw new DomainError('DATABASE_ROLE_NOT_ASSUMED', { role });
  if (proof.encoding !== 'UTF8') throw new DomainError('DATABASE_ENCODING', { encoding: proof.encoding });
  if (proof.mark !== mark) throw new DomainError('DATABASE_POOLED_BY_TRANSACTION');
  for (const [setting, value] of Object.entries(EXPECTED))
    if (proof.settings[setting] !== value) throw new DomainError('DATABASE_SETTING_REFUSED', { setting });
}

/**
 * Opens a new session with a verified role and settings.
 *
 * @throws DomainError as {@link proveSession}; the driver's own errors
 */
export async function connectAs(connection: RoleConnection, settings: ClientConfig = {}): Promise<Client> {
  return connect(connection, connection.role, settings);
}

/** Opens a new session with the role of the login itself, which prepares the database. */
export async function connectAsLogin(connection: Connection, settings: ClientConfig = {}): Promise<Client> {
  return connect(connection, null, settings);
}

async function connect(connection: Connection, role: RoleName | null, settings: ClientConfig): Promise<Client> {
  const client = new Client({ connectionTimeoutMillis: 10_000, keepAlive: true, ...connection, ...settings });
  client.on('error', () => undefined); // the current or next statement fails and reports the error
  try {
    await client.connect();
    await proveSession(client, role);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined); // the first error is the one to report
    // poolers refuse start-up options that they do not support
    if ((error as { code?: string }).code === PROTOCOL_VIOLATION && role !== null)
      throw new DomainError('DATABASE_ROLE_NOT_ASSUMED', { role }, error);
    throw error;
  }
}

/**
 * Refuses a pooler in transaction mode: two alternating clients share a session, or a client's session changes.
 *
 * @throws DomainError `DATABASE_POOLED_BY_TRANSACTION`; as {@link connectAs}
 */
export async function requireOwnSessions(connection: RoleConnection): Promise<void> {
  const clients: Client[] = [];
  try {
    clients.push(await connectAs(connection), await connectAs(connection));
    const seen = clients.map(() => new Set<number>());
    for (let round = 0; round < 3; round++)
      for (const [index, client] of clients.entries()) {
        const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
        seen[index]!.add(rows[0]!.pid);
      }
    if (new Set(seen.flatMap((pids) => [...pids])).size !== clients.length || seen.some(({ size }) => size !== 1))
      throw new DomainError('DATABASE_POOLED_BY_TRANSACTION');
  } finally {
    for (const client of clients) await client.end();
  }
}
