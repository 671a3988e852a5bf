import type TestAgent from 'supertest/lib/agent';
import { ErasureScrub, ErasureUpkeep, type ScrubbedTable } from '../../src/modules/erasure-upkeep';
import { UncleanedRuns } from '../../src/modules/runs';
import { type CleanupResult, ErasureCleanup } from '../../src/modules/erasure-upkeep/erasure-cleanup';
import { MaintenanceSession } from '../../src/modules/erasure-upkeep/maintenance-session';
import { DataMap } from '../../src/modules/data-map';
import { armTripwire } from '../../src/platform/database/tripwire';
import { HealthSignals } from '../../src/platform/health/health-signals';
import { Logger } from '../../src/platform/logging/logger';
import { databaseFiles, relationsWith } from '../support/database-files';
import { type FullCustomer, fullCustomer } from '../support/full-customer';
import { ProductCommand } from '../support/product-command';
import { finishedRun } from '../support/runs';
import { TestApp } from '../support/test-app';
import { until } from '../support/until';

describe('the residue of a run', () => {
  let app: TestApp;
  let admin: TestAgent;

  let worker: ErasureUpkeep | undefined;

  beforeEach(async () => {
    app = await TestApp.start();
    admin = await app.as('admin');
    await app.nest.get(ErasureUpkeep).onApplicationShutdown(); // it would clean up before the test has checked
  });
  afterEach(async () => {
    await worker?.onApplicationShutdown();
    worker = undefined;
    await app.stop();
  });

  /** Starts the cleanup, as the next process would. */
  const startWorker = () => {
    worker = new ErasureUpkeep(
      app.nest.get(ErasureCleanup),
      app.nest.get(UncleanedRuns),
      app.nest.get(HealthSignals),
      app.nest.get(Logger),
    );
    worker.onApplicationBootstrap();
  };
  const clean = (signal = new AbortController().signal): Promise<CleanupResult> =>
    app.nest.get(ErasureCleanup).cleanUp(signal);
  const waiting = () => app.nest.get(UncleanedRuns).findWaiting();
  const column = async (text: string, ...parameters: unknown[]): Promise<unknown[]> =>
    (await app.sql.query({ text, values: parameters, rowMode: 'array' })).rows.flat();
  const cleanedAt = async (runId: string) =>
    (await column('SELECT cleaned_at FROM anonymization_run WHERE id = $1', runId))[0];
  const customerTables = () => app.nest.get(DataMap).allCustomerTables;
  const statistics = async () =>
    (await column(`SELECT row_to_json(s)::text FROM pg_stats s WHERE schemaname = 'public'`)).join('\n').toLowerCase();

  async function anonymizeSelection(customerIds: readonly string[]): Promise<string> {
    const { id } = (await admin.post('/api/v1/anonymization-runs').send({ customerIds }).expect(202)).body as {
      id: string;
    };
    await finishedRun(admin, id, 'PREVIEWED');
    await admin
      .post(`/api/v1/anonymization-runs/${id}/start`)
      .send({ confirmation: customerIds.length, reason: 'ERASURE_REQUEST' })
      .expect(202);
    await finishedRun(admin, id, 'COMPLETED');
    return id;
  }

  async function everybodyForgotten(): Promise<{ runId: string; customers: FullCustomer[] }> {
    const customers: FullCustomer[] = [];
    for (const key of ['Abaqo', 'Ebequ', 'Ibiqa']) customers.push(await fullCustomer(app.sql, key));
    await app.sql.query('ANALYZE');
    return { runId: await anonymizeSelection(customers.map(({ id }) => id)), customers };
  }

  it('is cleaned up: no dead rows, and no value in the statistics, not even those of empty tables', async () => {
    const { runId, customers } = await everybodyForgotten();
    const tokens = customers.flatMap((customer) => customer.tokens.map((token) => token.toLowerCase()));
    const before = await statistics();
    expect(tokens.filter((token) => before.includes(token)).length).toBeGreaterThan(100);
    expect(before).toContain(customers[0]!.tokens.find((token) => token.startsWith('Strasse'))!.toLowerCase()); // of a table that is empty now
    expect(before).toContain('suchwort'.slice(0, 8)); // of an index on an expression

    const other = await MaintenanceSession.open(app.database.as('lethe_migrator'));
    expect(await other.isAlone()).toBe(true);
    expect(await clean()).toEqual({ kind: 'ELSEWHERE' });
    await other.close();
    expect(await cleanedAt(runId)).toBeNull();
    startWorker();
    await until('the run is cleaned up after', async () => (await cleanedAt(runId)) !== null);

    const after = await statistics();
    expect(tokens.filter((token) => after.includes(token))).toEqual([]);
    expect(after).not.toContain('suchwort'.slice(0, 8));
    await app.sql.query('CREATE EXTENSION pgstattuple');
    const dead = await column(
      'SELECT sum((pgstattuple(name::regclass)).dead_tuple_count)::int FROM unnest($1::text[]) AS name',
      customerTables().map(({ name }) => name),
    );
    expect(dead).toEqual([0]);
    expect(await waiting()).toMatchObject({ ids: [], due: false, late: false });
  });

  it('waits for transactions that can still see it, and becomes a warning after an hour', async () => {
    const customerId = await app.records.customer();
    const reader = await app.database.look();
    await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    await reader.query('SELECT FROM branch');
    const runId = await anonymizeSelection([customerId]);
    expect(await clean()).toMatchObject({ kind: 'HINDERED' });
    expect(await cleanedAt(runId)).toBeNull();
    expect(await waiting()).toMatchObject({ ids: [runId], due: true, late: false });
    app.clock.set(new Date(Date.now() + 61 * 60_000).toISOString());
    expect(await waiting()).toMatchObject({ ids: [runId], due: true, late: true });
    startWorker();
    await until('there is a warning', async () => (await readiness()).includes('ERASURE_REMAINS_IN_DEAD_ROWS'));
    await worker!.onApplicationShutdown();

    await reader.query('COMMIT');
    expect(await clean()).toMatchObject({ kind: 'CLEANED', runs: 1 });
    expect(await cleanedAt(runId)).not.toBeNull();
  });

  it('fails with an error when the database skips a table', async () => {
    const runId = await anonymizeSelection([await app.records.customer()]);
    await app.sql.query('ALTER TABLE bank_account OWNER TO CURRENT_USER');
    await app.sql.query(`ALTER DATABASE ${app.database.superuser.database} OWNER TO CURRENT_USER`);
    await expect(clean()).rejects.toMatchObject({
      code: 'TABLE_NOT_VACUUMED',
      extensions: { table: 'bank_account' },
    });
    expect(await cleanedAt(runId)).toBeNull();
    startWorker();
    await until('there is a warning', async () => (await readiness()).includes('ERASURE_UPKEEP_FAILED'));
    await app.sql.query('ALTER TABLE bank_account OWNER TO lethe_owner');
    expect(await clean()).toMatchObject({ kind: 'CLEANED' }); // even without permission to vacuum the catalogue
  });

  it('stops when the product shuts down', async () => {
    const runId = await anonymizeSelection([await app.records.customer()]);
    const other = await app.database.look();
    await other.query('BEGIN; LOCK TABLE bank_account IN SHARE UPDATE EXCLUSIVE MODE');
    const shutdown = new AbortController();
    const result = expect(clean(shutdown.signal)).rejects.toThrow();
    const vacuums = `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'VACUUM%' AND wait_event_type = 'Lock'`;
    await until('a vacuum is under way', async () => (await column(vacuums)).length > 0);
    shutdown.abort();
    await result;
    await until('no vacuum is under way', async () => (await column(vacuums)).length === 0);
    expect(await cleanedAt(runId)).toBeNull();
  });

  it('of single anonymizations is cleaned up together, ten minutes after the first; refused ones leave none', async () => {
    const act = async (number: string, status: number) => {
      const customerId = await app.records.customer({ customer_number: number });
      if (status === 409) await app.records.insert('care_case', { customer_id: customerId, status: 'OPEN' });
      const { body } = await admin
        .post(`/api/v1/customers/${customerId}/anonymization`)
        .send({ confirmation: number, reason: 'ERASURE_REQUEST' })
        .expect(status);
      return (body as { runId: string }).runId;
    };
    await act('E-0', 409);
    expect(await waiting()).toMatchObject({ ids: [], due: false, late: false });
    app.clock.set('2026-11-23T10:00:00Z');
    admin = await app.as('admin');
    const runs = [await act('E-1', 200)];
    app.clock.set('2026-11-23T10:09:59Z');
    admin = await app.as('admin');
    runs.push(await act('E-2', 200));
    const { ids, due } = await waiting();
    expect([[...ids].sort(), due]).toEqual([runs.sort(), false]);
    app.clock.set('2026-11-23T10:10:00Z');
    expect((await waiting()).due).toBe(true);
    expect(await clean()).toMatchObject({ kind: 'CLEANED', runs: 2 });
  });

  it('disappears from the statistics of every table that can become empty, and the table keeps its definition', async () => {
    await fullCustomer(app.sql, 'Abaqo', await app.records.customer());
    await fullCustomer(app.sql, 'Ebequ', await app.records.customer());
    await app.sql.query('ANALYZE');
    const erased = customerTables().filter(({ rule }) => rule.eraseRows !== undefined);
    const names = erased.map(({ name }) => name);
    const form = () =>
      column(
        `SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = ANY ($1::regclass[])
         UNION ALL SELECT conrelid::regclass || pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = ANY ($1::regclass[])
         UNION ALL SELECT attrelid::regclass || attname || format_type(atttypid, atttypmod) || attcollation::text || attstorage::text || attnotnull
           FROM pg_attribute WHERE attrelid = ANY ($1::regclass[])
         UNION ALL SELECT pg_get_triggerdef(oid) || tgenabled::text FROM pg_trigger WHERE tgrelid = ANY ($1::regclass[]) AND NOT tgisinternal
         ORDER BY 1`,
        names,
      );
    const before = await form();
    await app.sql.query(`SET session_replication_role = 'replica'`); // disables guards and foreign keys, because all tables have to become empty
    const refusing = await column(
      `SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgrelid = ANY ($1::regclass[]) AND tgname = 'refuse_delete'`,
      names,
    );
    for (const name of refusing) await app.sql.query(`ALTER TABLE ${String(name)} DISABLE TRIGGER refuse_delete`);
    for (const name of names) await app.sql.query(`DELETE FROM ${name}`);
    for (const name of refusing) await app.sql.query(`ALTER TABLE ${String(name)} ENABLE ALWAYS TRIGGER refuse_delete`);
    await app.sql.query('VACUUM ANALYZE');
    expect(await statistics()).toContain('abaqo');
    await armTripwire(app.sql);
    const session = await MaintenanceSession.open(app.database.as('lethe_migrator'));
    try {
      const booking = await app.database.look();
      const invoices = erased.find(({ name }) => name === 'invoice')!;
      await booking.query('BEGIN; LOCK TABLE invoice IN ROW EXCLUSIVE MODE');
      expect([await session.dropStatisticsWhenEmpty(invoices), await form()]).toEqual([false, before]);
      await booking.query('ROLLBACK');
      for (const table of erased)
        expect({ table: table.name, done: await session.dropStatisticsWhenEmpty(table) }).toEqual({
          table: table.name,
          done: true,
        });
    } finally {
      await session.close();
    }
    const left = await column(
      'SELECT DISTINCT tablename FROM pg_stats WHERE tablename = ANY ($1) AND row_to_json(pg_stats)::text ILIKE $2',
      names,
      '%abaqo%',
    );
    expect(left).toEqual([]);
    expect(await form()).toEqual(before);
  });

  describe('in the database files', () => {
    const scrub = async (only: string | null = null): Promise<ScrubbedTable[]> => {
      const scrubbed: ScrubbedTable[] = [];
      const erasure = new ErasureScrub(app.database, app.nest.get(DataMap), app.nest.get(UncleanedRuns));
      await erasure.scrubTables(only, (table) => scrubbed.push(table));
      return scrubbed;
    };
    const left = async (tokens: readonly string[]) => {
      const files = await databaseFiles(app.sql);
      const found: Record<string, string[]> = {};
      for (const token of tokens) {
        const relations = await relationsWith(app.sql, files, token);
        if (relations.length > 0) found[token] = relations;
      }
      return found;
    };

    it('of tables, indexes and statistics is gone after a scrub', async () => {
      const living = await fullCustomer(app.sql, 'Ubuqi');
      const { runId, customers } = await everybodyForgotten();
      const tokens = [...new Set(customers.flatMap((customer) => customer.tokens))];
      const before = await left(tokens);
      expect(Object.keys(before).sort()).toEqual([...tokens].sort());
      expect(Object.values(before).flat()).toEqual(
        expect.arrayContaining(['customer', 'address', 'customer_card_number_key', 'pg_statistic']),
      );
      const nodes = () =>
        column(
          `SELECT pg_relation_filenode(c.oid) FROM pg_class c WHERE c.oid = ANY ($1::regclass[])
             OR c.oid IN (SELECT indexrelid FROM pg_index WHERE indrelid = ANY ($1::regclass[]))`,
          customerTables().map(({ name }) => name),
        );
      const old = new Set(await nodes());

      const scrubbed = await scrub();
      expect(scrubbed.map(({ table }) => table).sort()).toEqual(
        [...customerTables().map(({ name }) => name), 'pg_catalog.pg_statistic'].sort(),
      );
      expect(await left(tokens)).toEqual({});
      expect(Object.keys(await left(living.tokens)).sort()).toEqual([...new Set(living.tokens)].sort());
      expect((await nodes()).filter((node) => old.has(node))).toEqual([]);
      expect(await cleanedAt(runId)).not.toBeNull();
    });

    it('is scrubbed by a command while the product serves', async () => {
      const command = new ProductCommand('erasure-scrub');
      const start = (...parameters: string[]) => command.run(app, parameters);
      try {
        expect(await start()).toEqual({
          exitCode: 0,
          shown: expect.stringMatching(
            /^(\S+: \d+ kB -> \d+ kB\n){26}The write-ahead log and backups may still contain/,
          ),
          complaints: '',
        });
        expect(await start('--table', 'employee')).toMatchObject({
          exitCode: 1,
          complaints: 'employee is not a table of customer records.\n',
        });
        expect(await start('employee')).toMatchObject({ exitCode: 2, complaints: expect.stringContaining('Usage:') });
      } finally {
        command.remove();
      }
    });

    it('of one table is gone, and the runs still wait', async () => {
      const { runId, customers } = await everybodyForgotten();
      const street = [customers[0]!.tokens.find((token) => token.startsWith('Lieferstrasse'))!];
      expect((await left(street))[street[0]!]).toContain('address');
      expect((await scrub('address')).map(({ table }) => table)).toEqual(['address']);
      expect((await left(street))[street[0]!] ?? []).not.toContain('address');
      expect(await cleanedAt(runId)).toBeNull();
    });
  });

  const readiness = async () =>
    ((await app.anonymous().get('/api/v1/health/ready').expect(200)).body as { warnings: string[] }).warnings;
});
