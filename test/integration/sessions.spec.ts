import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { importInto } from '../../src/cli/import-into';
import { generateDemo } from '../../src/demo';
import { IMPORT_COLUMNS } from '../../src/modules/import';
import { LetheConfig } from '../../src/platform/config/lethe-config';
import type { RoleConnection } from '../../src/platform/database/connection';
import { createDataSource } from '../../src/platform/database/data-source';
import { openDatabase } from '../../src/platform/database/database-access';
import { migrate } from '../../src/platform/database/migrate';
import { ROLES } from '../../src/platform/database/roles';
import { connectAs, requireOwnSessions } from '../../src/platform/database/session';
import { ForgetfulPooler, TransactionPooler } from '../support/poolers';
import { ProductCommand } from '../support/product-command';
import { RestorableShop } from '../support/restorable-shop';
import { finishedRun } from '../support/runs';
import { TestApp } from '../support/test-app';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const HOSTILE: Readonly<Record<string, string>> = {
  DateStyle: "'German, DMY'",
  IntervalStyle: 'sql_standard',
  TimeZone: "'Pacific/Auckland'",
  bytea_output: 'escape',
  extra_float_digits: '-10',
  standard_conforming_strings: 'off',
  array_nulls: 'off',
  transform_null_equals: 'on',
  quote_all_identifiers: 'on',
  search_path: 'nothing',
  default_transaction_isolation: 'serializable',
  default_transaction_deferrable: 'on',
};

const hostileStatements = (database: string): string[] => [
  ...Object.entries(HOSTILE).map(([name, value]) => `ALTER DATABASE ${database} SET ${name} = ${value}`),
  ...ROLES.map((role) => `ALTER ROLE ${role} IN DATABASE ${database} SET default_transaction_read_only = on`),
];

const urlOf = ({ superuser: { user, password, database } }: TestDatabase, port: number) =>
  `postgres://${user}:${encodeURIComponent(password!)}@127.0.0.1:${port}/${database}`;

const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: { code?: unknown }) => error.code,
  );

describe('a database session', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createTestDatabase();
  });
  afterEach(async () => {
    await (await database.look()).query(`ALTER DATABASE ${database.superuser.database} RESET ALL`);
    await database.drop();
  });

  const address = () => ({ host: database.superuser.host!, port: database.superuser.port! });

  it.each(Object.keys(HOSTILE))('has its own %s, whatever the database sets', async (setting) => {
    const sql = await database.look();
    const before = await connectAs(database.as('lethe_app'));
    const show = async (client: Client) => (await client.query(`SHOW ${setting}`)).rows;
    const expected = await show(before);
    await before.end();
    for (const statement of hostileStatements(database.superuser.database!)) await sql.query(statement);
    const plain = new Client(database.as('lethe_app'));
    await plain.connect();
    const hostile = await show(plain);
    await plain.end();
    expect(hostile).not.toEqual(expected);
    const client = await connectAs(database.as('lethe_app'));
    expect(await show(client)).toEqual(expected);
    await client.end();
  });

  describe('that does not get its role because the start-up options are dropped', () => {
    let pooler: ForgetfulPooler;
    let connection: RoleConnection;

    beforeEach(async () => {
      pooler = await ForgetfulPooler.start(address());
      connection = { role: 'lethe_app', connectionString: urlOf(database, pooler.port), options: '-c role=lethe_app' };
    });
    afterEach(() => pooler.stop());

    it('is not used by a client, a pool, a migration or the product', async () => {
      expect(await codeOf(connectAs(connection))).toBe('DATABASE_ROLE_NOT_ASSUMED');
      expect(await codeOf(createDataSource(connection, []).initialize())).toBe('DATABASE_ROLE_NOT_ASSUMED');
      expect(await codeOf(migrate({ ...connection, role: 'lethe_migrator' }))).toBe('DATABASE_ROLE_NOT_ASSUMED');
      const config = LetheConfig.from({ DATABASE_URL: urlOf(database, pooler.port) });
      expect(await codeOf(openDatabase(config, 'attach'))).toBe('DATABASE_ROLE_NOT_ASSUMED');
    });

    it('ends a command with one line that says what to do', async () => {
      const command = new ProductCommand('erasure-reapply');
      const superuser = { ...database.superuser, port: pooler.port };
      const app = { database: { superuser }, config: { dataFolder: tmpdir() } } as unknown as TestApp;
      try {
        expect(await command.run(app, [])).toEqual({
          exitCode: 1,
          shown: '',
          complaints: expect.stringMatching(/^A session of DATABASE_URL does not have the role lethe_\w+: [^\n]+\n$/),
        });
      } finally {
        command.remove();
      }
    });
  });

  it('that a pooler shares per transaction is refused', async () => {
    const pooler = await TransactionPooler.start(address());
    try {
      const through = { ...database.as('lethe_app'), port: pooler.port };
      expect(await codeOf(requireOwnSessions(through))).toBe('DATABASE_POOLED_BY_TRANSACTION');
      expect(await codeOf(requireOwnSessions(database.as('lethe_app')))).toBeNull();
    } finally {
      pooler.stop();
    }
  });

  it('of a database that is not UTF-8 is refused before anything is created', async () => {
    const sql = await database.look();
    const name = `${database.superuser.database}_latin`;
    await sql.query(`CREATE DATABASE ${name} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0`);
    try {
      const latin = { ...database, superuser: { ...database.superuser, database: name } };
      const config = LetheConfig.from({ DATABASE_URL: urlOf(latin, database.superuser.port!) });
      expect(await codeOf(openDatabase(config, 'attach'))).toBe('DATABASE_ENCODING');
      const client = new Client(latin.superuser);
      await client.connect();
      const { rowCount } = await client.query(`SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace`);
      await client.end();
      expect(rowCount).toBe(0);
    } finally {
      await sql.query(`DROP DATABASE ${name} WITH (FORCE)`);
    }
  });

  it('in which a superuser has disabled foreign keys is refused', async () => {
    const sql = await database.look();
    await sql.query(`ALTER DATABASE ${database.superuser.database} SET session_replication_role = replica`);
    expect(await codeOf(connectAs(database.as('lethe_app')))).toBe('DATABASE_SETTING_REFUSED');
  });
});

describe('a database with hostile settings', () => {
  let shop: RestorableShop;
  let folder: string;

  beforeAll(async () => {
    shop = await RestorableShop.open();
    folder = mkdtempSync(join(tmpdir(), 'lethe-hostile-'));
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await shop.stop();
    await shop.query(`ALTER DATABASE ${shop.database.superuser.database} RESET ALL`);
    await shop?.dispose();
  });

  async function makeHostile(): Promise<void> {
    for (const statement of hostileStatements(shop.database.superuser.database!)) await shop.query(statement);
  }

  it('imports, selects, anonymizes with sealed copies, verifies, and replays like any other', async () => {
    await makeHostile();
    await generateDemo({ directory: folder, columns: IMPORT_COLUMNS, customers: 60, seed: 3, today: '2026-11-27' });
    const imported = await importInto(shop.database, shop.config, folder, false);
    expect(imported).toBeDefined();
    await shop.serve();
    const admin = await shop.as('admin');
    await admin
      .post('/api/v1/selections')
      .send({ name: 'Alle', criteria: { bornBefore: '2030-01-01' } })
      .expect(201);
    const { items } = (await admin.get('/api/v1/selections').expect(200)).body as {
      items: { id: string; name: string; createdAt: string; memberCount: number }[];
    };
    const selection = items.find(({ name }) => name === 'Alle')!;
    expect(selection.createdAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(selection.memberCount).toBeGreaterThan(30);
    const created = await admin.post('/api/v1/anonymization-runs').send({ selectionId: selection.id }).expect(202);
    const { id } = created.body as { id: string };
    await finishedRun(admin, id, 'PREVIEWED');
    const { counts } = (await admin.get(`/api/v1/anonymization-runs/${id}`).expect(200)).body as {
      counts: { ready: number };
    };
    expect(counts.ready).toBeGreaterThan(5);
    await shop.anchored();
    await shop.backUp();

    await makeHostile();
    await shop.serve();
    const again = await shop.as('admin');
    const order = { confirmation: counts.ready, reason: 'RETENTION_EXPIRED' };
    await again.post(`/api/v1/anonymization-runs/${id}/start`).send(order).expect(202);
    await finishedRun(again, id, 'COMPLETED');
    const done = (await again.get(`/api/v1/anonymization-runs/${id}`).expect(200)).body as { counts: unknown };
    expect(done.counts).toMatchObject({ anonymized: counts.ready, failed: 0 });
    const copies = await shop.query<{ days: string }>(
      `SELECT to_char(retention_until, 'MM-DD') AS days FROM public.archive_document WHERE sealed_content IS NOT NULL`,
    );
    expect(copies.length).toBeGreaterThan(0);
    expect(new Set(copies.map(({ days }) => days))).toEqual(new Set(['12-31']));
    await shop.anchored();
    expect(await shop.problemOfLog()).toBeNull();

    await shop.restore();
    await makeHostile();
    expect(await shop.replay()).toMatchObject({ erased: counts.ready, conflicts: [] });
    await shop.serve();
    expect(await shop.problemOfLog()).toBeNull();
  });
});
