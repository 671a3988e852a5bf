import { setTimeout as delay } from 'node:timers/promises';
import type { ClientBase } from 'pg';
import { DataSource } from 'typeorm';
import { migrations } from '../../../migrations';
import { AdvisoryLock } from './advisory-lock';
import { ownerThrough, type Connection, type RoleConnection } from './connection';
import { proveSession } from './session';
import { MIGRATING } from './tripwire';

/**
 * Brings the schema up to date. Several processes may call it at once.
 *
 * @param wanted the first migrations, for a schema of an earlier version; by default all
 */
export async function migrate(migrator: RoleConnection, wanted = migrations): Promise<void> {
  // Migrations run as the owner, who cannot log in, so that everything they create belongs to the owner. The tripwire
  // refuses all other sessions.
  const { options, role } = ownerThrough(migrator, `-c ${MIGRATING}=on`);
  const dataSource = await new DataSource({
    type: 'postgres',
    ...toTypeOrm(migrator),
    installExtensions: false,
    migrations: [...wanted],
    migrationsTransactionMode: 'each',
    logging: false,
    extra: { max: 2, options, onConnect: (client: ClientBase) => proveSession(client, role) },
  }).initialize();
  const lock = dataSource.createQueryRunner();
  try {
    // Polls, because a waiting lock request holds a snapshot, for which CREATE INDEX CONCURRENTLY would wait forever.
    while (!(await tryLock(lock))) await delay(100);
    await dataSource.runMigrations();
  } finally {
    await lock.release();
    await dataSource.destroy(); // closing the session releases the lock
  }
}

async function tryLock(lock: ReturnType<DataSource['createQueryRunner']>): Promise<boolean> {
  const [row] = (await lock.query('SELECT pg_try_advisory_lock($1) AS locked', [AdvisoryLock.MIGRATION])) as {
    locked: boolean;
  }[];
  return row?.locked === true;
}

/** Converts connection parameters to TypeORM's names. */
export function toTypeOrm(connection: Connection) {
  const { host, port, user, password, database, connectionString } = connection;
  return connectionString === undefined
    ? { host, port, username: user, password, database }
    : { url: connectionString };
}
