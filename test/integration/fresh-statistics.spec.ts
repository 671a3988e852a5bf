import type { OnApplicationShutdown, Type } from '@nestjs/common';
import type { Pool } from 'pg';
import type TestAgent from 'supertest/lib/agent';
import { DataSource } from 'typeorm';
import { ErasureUpkeep } from '../../src/modules/erasure-upkeep';
import { WorklistWorker } from '../../src/modules/worklist/worklist-worker';
import { BatchSize } from '../../src/modules/runs/execution/batch-size';
import { Worklist } from '../../src/modules/worklist/worklist';
import { ContentRemovalWorker } from '../../src/modules/archive/outbox/content-removal.worker';
import { ArchiveUpkeep } from '../../src/modules/archive/purge/archive-upkeep';
import { DailyVerification } from '../../src/modules/audit/verification/daily-verification';
import { DataMap } from '../../src/modules/data-map';
import { AlarmWorker } from '../../src/modules/metrics/alarms/alarm-worker';
import { Population } from '../support/customer-rows';
import { ManualRuns } from '../support/runs';
import { REPORT_PLANS, StatementWork } from '../support/statement-work';
import { TestApp } from '../support/test-app';

/** Long, because every statement reports its plan. */
const TIMEOUT_MS = 1_800_000;

const FEW = 100;
const MANY = 400;

/** Number of states of the statistics. */
const STATES = 3;

/** Growth by 4 is linear; a plan that compares each member with each other would do 16 times the work. */
const MAX_RATIO = 6;
const BATCH_SIZE = 20;
/** The same page size for few and many, because the planner sees it. */
const PAGE = FEW / 2;
/**
 * Enough batches for the one connection to keep the plan of a prepared statement, so that few and many use the same
 * plans.
 */
const WARM_UP = 6 * BATCH_SIZE;
const ALL = STATES * (WARM_UP + FEW + MANY);

/**
 * A statement that reads more rows than this for each member reads unrelated rows for each of them. Reading a table
 * once for a batch, as plans for so few customers do, costs each member of the batch a twentieth of the table.
 */
const MAX_ROWS_OF_EACH = 2 * ALL;

/** Less work than this says nothing about growth: reading a whole table of records is cheap for so few customers. */
const MIN_ROWS = 3 * ALL;

/** Background workers that run at times of their own and read whole tables. */
const BY_THE_CLOCK: readonly Type<OnApplicationShutdown>[] = [
  ErasureUpkeep,
  ArchiveUpkeep,
  DailyVerification,
  WorklistWorker,
  AlarmWorker,
  ContentRemovalWorker,
];

/** Keeps the statistics as the test has set them. */
const NO_AUTOVACUUM = `DO $$ DECLARE name regclass; BEGIN
  FOR name IN SELECT oid FROM pg_class WHERE relkind = 'r' AND relnamespace IN ('public'::regnamespace, 'audit'::regnamespace) LOOP
    EXECUTE format('ALTER TABLE %s SET (autovacuum_enabled = off)', name);
  END LOOP;
END $$`;

/** Removes all statistics, as if nothing had ever been analyzed. */
const FORGET = `
  SELECT pg_clear_relation_stats(c.relnamespace::regnamespace::text, c.relname)
  FROM pg_class c WHERE c.relkind IN ('r', 'i') AND c.relnamespace IN ('public'::regnamespace, 'audit'::regnamespace);
  SELECT pg_clear_attribute_stats(s.schemaname, s.tablename, s.attname, s.inherited)
  FROM pg_stats s WHERE s.schemaname IN ('public', 'audit')`;

describe('four times the customers cost four times the work', () => {
  const work = new StatementWork();
  let app: TestApp;
  let runs: ManualRuns;
  let admin: TestAgent;
  let customers: string[];

  beforeAll(async () => {
    work.listen();
    app = await TestApp.start({ LETHE_WORKERS: '0' }, [...REPORT_PLANS, NO_AUTOVACUUM]);
    await app.sql.query('SET auto_explain.log_min_duration = -1'); // excludes the superuser's statements
    for (const worker of BY_THE_CLOCK) await app.nest.get<OnApplicationShutdown>(worker).onApplicationShutdown();
    // one connection, so that few and many use the same prepared plans
    (app.nest.get(DataSource).driver as unknown as { master: Pool }).master.options.max = 1;
    runs = new ManualRuns(app);
    jest.spyOn(app.nest.get(BatchSize), 'customers', 'get').mockReturnValue(BATCH_SIZE);
    admin = await app.as('admin');
    const population = await Population.of(app.sql, app.nest.get(DataMap).allCustomerTables);
    await population.fill(await population.customers(2));
    await app.sql.query('ANALYZE');
    customers = await population.customers(ALL);
    await population.fill(customers);
    await app.sql.query(
      `INSERT INTO care_case (customer_id, number, branch_id, type, status, opened_on)
       SELECT id, 'open ' || n, branch_id, 'FITTING', 'OPEN', '2020-01-01'
       FROM (SELECT id, branch_id, row_number() OVER (ORDER BY id) AS n FROM customer) AS customer WHERE n % 5 = 0`,
    );
  }, TIMEOUT_MS);
  afterAll(async () => {
    await app.stop();
    jest.restoreAllMocks();
  });

  const saved = async (customerIds: readonly string[]): Promise<string> =>
    (await admin.post('/api/v1/selections').send({ name: 'Neu', customerIds }).expect(201)).body.id as string;

  /** Reads the state without counting the items, as the API does each time. */
  const stateOf = async (id: string) =>
    (await app.sql.query<{ state: string }>('SELECT state FROM anonymization_run WHERE id = $1', [id])).rows[0]!.state;

  const readAll = async (path: string): Promise<void> => {
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body }: { body: unknown } = await admin
        .get(`/api/v1/${path}?limit=${PAGE}${cursor && `&cursor=${cursor}`}`)
        .expect(200);
      cursor = (body as { nextCursor: string | null }).nextCursor;
    }
  };

  /** Every use of the members of a selection, starting when it is saved. */
  const useOf = (members: readonly string[]) => async (): Promise<void> => {
    const selectionId = await saved(members);
    await readAll(`selections/${selectionId}/members`);
    await admin.post(`/api/v1/selections/${selectionId}/mail-merge`).send({ template: 'Hallo', contractual: true });
    const cancelled = await runs.create({ selectionId });
    await runs.work();
    await runs.act(cancelled, 'cancel');
    await runs.work();
    const byId = await runs.create({ customerIds: members });
    const id = await runs.create({ selectionId });
    await runs.work();
    for (const run of [byId, id]) {
      const { counts } = await runs.get(run);
      expect(counts).toMatchObject({ total: members.length, ready: (members.length * 4) / 5 });
    }
    await readAll(`anonymization-runs/${id}/items`);
    await admin.get(`/api/v1/anonymization-runs/${id}/report.csv`).expect(200);
    await runs.start(id, (members.length * 4) / 5);
    while ((await stateOf(id)) === 'RUNNING') await runs.work();
    expect((await runs.get(id)).counts).toMatchObject({ anonymized: (members.length * 4) / 5, failed: 0 });
    await readAll(`anonymization-runs/${id}/items`);
    await app.nest.get(Worklist).refresh(() => false);
    await readAll('blocked-customers');
  };

  /** Possible states of the statistics, each with the steps that lead to it from the previous one. */
  const STATISTICS = [
    { name: 'of the first two customers', lead: () => Promise.resolve() },
    { name: 'that are missing', lead: () => app.sql.query(FORGET) },
    {
      name: 'of everything except new rows',
      lead: async () => {
        await runs.create({ selectionId: await saved(customers) });
        await runs.work();
        await app.sql.query('ANALYZE');
      },
    },
  ];

  it.each(STATISTICS)(
    'in every statement, with statistics $name',
    async ({ lead }) => {
      await lead();
      const next = (count: number) => useOf(customers.splice(0, count));
      await next(WARM_UP)();
      const few = await work.during(next(FEW));
      const many = await work.during(next(MANY));
      expect(few.size).toBeGreaterThan(50);
      const grown = [...many]
        .map(([statement, now]) => ({ statement, now, before: few.get(statement) ?? 0 }))
        .filter(({ now, before }) => now > MAX_RATIO * Math.max(before, MIN_ROWS));
      expect(grown).toEqual([]);
      const ofEverybody = [...many].filter(([, rows]) => rows > MAX_ROWS_OF_EACH * MANY);
      expect(ofEverybody).toEqual([]);
    },
    TIMEOUT_MS,
  );
});
