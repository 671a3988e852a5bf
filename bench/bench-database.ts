import { existsSync, rmSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { LetheConfig } from '../src/platform/config/lethe-config';
import type { RoleConnection, DatabaseAccess } from '../src/platform/database/connection';
import { openDatabase } from '../src/platform/database/database-access';
import { EmbeddedPostgres } from '../src/libraries/embedded-postgres';
import { migrate } from '../src/platform/database/migrate';
import type { LoginRole } from '../src/platform/database/roles';
import { parentOf, processorTimeOf } from './processor-time';
import { throughSlowNetwork } from './slow-network';

/** First password of the bootstrap logins. */
export const PASSWORD = 'benchmark only';

/**
 * A database with the same state for every measured variant: it is filled once and set aside, and {@link fresh}
 * replaces it with a copy of its files. All variants therefore work on the same customers, and none finds dead rows,
 * free space or a longer WAL of another one.
 *
 * It is a throw-away embedded server, one in a folder that is kept, or the empty database of LETHE_BENCH_DATABASE_URL,
 * whose login may create databases.
 */
export class BenchDatabase {
  private constructor(
    /** the settings of every process of the product */
    readonly environment: Readonly<Record<string, string>>,
    private readonly access: DatabaseAccess,
    private readonly administrator: Client,
    private readonly name: string,
  ) {}

  /** @param folder kept with the filled database; null: a temporary folder, deleted afterwards */
  static async use(folder: string | null, work: (database: BenchDatabase) => Promise<void>): Promise<void> {
    const dataDir = folder === null ? await mkdtemp(join(tmpdir(), 'lethe-bench-')) : resolve(folder);
    await mkdir(dataDir, { recursive: true });
    await chmod(dataDir, 0o711); // when started by root, the database runs as another user
    if (folder === null) removeWhenInterrupted(dataDir);
    try {
      const database = await BenchDatabase.open(dataDir);
      try {
        await work(database);
      } finally {
        await database.close();
      }
    } finally {
      if (folder === null) await rm(dataDir, { recursive: true, force: true });
    }
  }

  private static async open(dataDir: string): Promise<BenchDatabase> {
    const url = process.env.LETHE_BENCH_DATABASE_URL;
    const environment = {
      ...(url === undefined ? {} : { DATABASE_URL: url }),
      LETHE_DATA_DIR: join(dataDir, 'data'),
      LETHE_LEDGER_DIR: join(dataDir, 'ledger'),
      LETHE_BOOTSTRAP_PASSWORD: PASSWORD,
    };
    const access = await openDatabase(LetheConfig.from(environment), 'attach');
    const administrator = await connectAsAdministrator(environment);
    const name = url === undefined ? access.as('lethe_app').database! : new URL(url).pathname.slice(1);
    return new BenchDatabase(environment, access, administrator, name);
  }

  /** Whether an earlier command has filled it for this purpose. */
  async isFilled(purpose: string): Promise<boolean> {
    const { rowCount } = await this.administrator.query('SELECT FROM pg_database WHERE datname = $1', [
      this.filled(purpose),
    ]);
    return rowCount === 1;
  }

  /** Sets the current state of the database aside. */
  async keepFilled(purpose: string): Promise<void> {
    await this.administrator.query(`ALTER DATABASE ${this.name} RENAME TO ${this.filled(purpose)}`);
    await cp(this.ledger, this.ledgerOf(purpose), { recursive: true });
  }

  /**
   * Restores a copy of the filled database and migrates it, or creates an empty database without a schema; ends with a
   * checkpoint.
   */
  async fresh(purpose?: string): Promise<void> {
    const template = purpose === undefined ? 'template0' : this.filled(purpose);
    await this.administrator.query(`DROP DATABASE IF EXISTS ${this.name} WITH (FORCE)`);
    await this.administrator.query(
      `CREATE DATABASE ${this.name} OWNER lethe_owner TEMPLATE ${template} STRATEGY file_copy`,
    );
    await rm(this.ledger, { recursive: true, force: true }); // it belongs to one history of the database
    if (purpose !== undefined && existsSync(this.ledgerOf(purpose)))
      await cp(this.ledgerOf(purpose), this.ledger, { recursive: true });
    if (purpose !== undefined) await migrate(this.as('lethe_migrator')); // it may have been filled before the newest migration
    await this.administrator.query('CHECKPOINT');
  }

  /** A connection with the privileges of the product. */
  connect(): Promise<Client> {
    return this.connectAs('lethe_app');
  }

  /** A connection that may maintain the tables. */
  async connectAsOwner(): Promise<Client> {
    const client = await this.connectAs('lethe_migrator');
    await client.query('SET ROLE lethe_owner');
    return client;
  }

  /** Does the work with the settings of a product whose round trips to the database take this much longer. */
  slowed<T>(roundTripMs: number, work: (environment: Readonly<Record<string, string>>) => Promise<T>): Promise<T> {
    const { host, port, user, password } = this.administrator;
    return throughSlowNetwork({ host, port }, roundTripMs, (slowPort) => {
      const url = new URL(`postgres://127.0.0.1:${slowPort}/${this.name}`);
      url.username = user!;
      url.password = typeof password === 'string' ? password : '';
      return work({ DATABASE_URL: url.href });
    });
  }

  /** Queries the server as its administrator. */
  asAdministrator<T>(ask: (client: Client) => Promise<T>): Promise<T> {
    return ask(this.administrator);
  }

  /** The connection of a role. */
  as(role: LoginRole): RoleConnection {
    return this.access.as(role);
  }

  async walPosition(): Promise<string> {
    const { rows } = await this.administrator.query<{ lsn: string }>('SELECT pg_current_wal_lsn() AS lsn');
    return rows[0]!.lsn;
  }

  /** Bytes written to the WAL since the position. */
  async walSince(position: string): Promise<number> {
    const { rows } = await this.administrator.query<{ bytes: number }>(
      'SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), $1)::float8 AS bytes',
      [position],
    );
    return rows[0]!.bytes;
  }

  /** Processor time of the server in seconds; null if it runs on another machine. */
  async processorTime(): Promise<number | null> {
    if (this.environment.DATABASE_URL !== undefined) return null;
    const { rows } = await this.administrator.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const postmaster = parentOf(rows[0]!.pid);
    return postmaster === null ? null : processorTimeOf(postmaster);
  }

  private get ledger(): string {
    return this.environment.LETHE_LEDGER_DIR!;
  }

  private ledgerOf(purpose: string): string {
    return `${this.ledger}-${purpose}`;
  }

  private filled(purpose: string): string {
    return `${this.name}_${purpose}`;
  }

  private async connectAs(role: LoginRole): Promise<Client> {
    return connected(new Client(this.access.as(role)));
  }

  private async close(): Promise<void> {
    await this.administrator.end();
    await this.access.stop();
  }
}

/** A session of the server's administrator, outside of the measured database. */
async function connectAsAdministrator(environment: Readonly<Record<string, string>>): Promise<Client> {
  const { DATABASE_URL: url, LETHE_DATA_DIR: dataDir } = environment;
  if (url !== undefined) {
    const outside = new URL(url);
    outside.pathname = '/postgres';
    return connected(new Client({ connectionString: outside.href }));
  }
  const server = await EmbeddedPostgres.open({ dataDir: resolve(dataDir!), mode: 'attach' });
  const { host, port, superuser, password } = server.address;
  const client = await connected(new Client({ host, port, user: superuser, password, database: 'postgres' }));
  client.once('end', () => void server.stop());
  return client;
}

function removeWhenInterrupted(dataDir: string): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
      process.exit(1);
    });
}

async function connected(client: Client): Promise<Client> {
  client.on('error', () => undefined); // the statement in flight fails and reports the error
  await client.connect();
  return client;
}
