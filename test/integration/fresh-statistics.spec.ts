import type TestAgent from 'supertest/lib/agent';
import { ErasureUpkeep } from '../../src/modules/anonymization';
import { SetSizing } from '../../src/modules/anonymization/runs/set-sizing';
import { Worklist } from '../../src/modules/anonymization/worklist/worklist';
import { DataMap } from '../../src/modules/data-map';
import { Population } from '../support/customer-rows';
import { ManualRuns } from '../support/runs';
import { REPORT_PLANS, StatementWork } from '../support/statement-work';
import { TestApp } from '../support/test-app';

/** Every statement reports its plan, which takes its time. */
const PATIENCE_MS = 600_000;

const FEW = 500;
const MANY = 2_000;

/** 4 is linear; a plan that compares each member with each would do 16 times the work. */
const MOST_TIMES = 6;
/** Less work than this for the few says nothing about how it grows. */
const LEAST_ROWS = 20 * FEW;

const BATCH_SIZE = 50;
/** As many batches as a connection plans before it keeps the plan of a prepared statement, so that few and many are done with the same plans. */
const WARM_UP = 6 * BATCH_SIZE;

/** Statistics stay as the test has made them. */
const NO_AUTOVACUUM = `DO $$ DECLARE name regclass; BEGIN
  FOR name IN SELECT oid FROM pg_class WHERE relkind = 'r' AND relnamespace IN ('public'::regnamespace, 'audit'::regnamespace) LOOP
    EXECUTE format('ALTER TABLE %s SET (autovacuum_enabled = off)', name);
  END LOOP;
END $$`;

interface Statistics {
  readonly name: string;
  /** before most of the customers are there */
  readonly first: boolean;
  /** when all of them are there, and on another selection */
  readonly last: boolean;
}

const STATISTICS: readonly Statistics[] = [
  { name: 'none', first: false, last: false },
  { name: 'those of two customers', first: true, last: false },
  { name: 'those of everything but what is new', first: false, last: true },
];

describe.each(STATISTICS)('four times the customers are four times the work, with statistics: $name', (statistics) => {
  const work = new StatementWork();
  let app: TestApp;
  let runs: ManualRuns;
  let admin: TestAgent;
  let customers: string[];

  beforeAll(async () => {
    work.listen();
    app = await TestApp.start({ LETHE_WORKERS: '0' }, [...REPORT_PLANS, NO_AUTOVACUUM]);
    await app.sql.query('SET auto_explain.log_min_duration = -1'); // the superuser's statements are not the product's
    await app.nest.get(ErasureUpkeep).onApplicationShutdown(); // works by the clock, and on whole tables
    runs = new ManualRuns(app);
    jest.spyOn(app.nest.get(SetSizing), 'size', 'get').mockReturnValue(BATCH_SIZE);
    admin = await app.as('admin');
    const population = await Population.of(app.sql, app.nest.get(DataMap).allCustomerTables);
    await population.fill(await population.customers(2));
    if (statistics.first) await app.sql.query('ANALYZE');
    customers = await population.customers(WARM_UP + FEW + MANY);
    await population.fill(customers);
    await app.sql.query(
      `INSERT INTO care_case (customer_id, number, branch_id, type, status, opened_on)
       SELECT id, 'open ' || n, branch_id, 'FITTING', 'OPEN', '2020-01-01'
       FROM (SELECT id, branch_id, row_number() OVER (ORDER BY id) AS n FROM customer) AS customer WHERE n % 5 = 0`,
    );
    if (!statistics.last) return;
    await runs.create({ selectionId: await saved(customers) });
    await runs.work();
    await app.sql.query('ANALYZE');
  }, PATIENCE_MS);
  afterAll(async () => {
    await app.stop();
    jest.restoreAllMocks();
  });

  const saved = async (customerIds: readonly string[]): Promise<string> =>
    (await admin.post('/api/v1/selections').send({ name: 'Neu', customerIds }).expect(201)).body.id as string;

  /** Without counting the items, which the API does each time. */
  const stateOf = async (id: string) =>
    (await app.sql.query<{ state: string }>('SELECT state FROM anonymization_run WHERE id = $1', [id])).rows[0]!.state;

  const readAll = async (path: string): Promise<void> => {
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body }: { body: unknown } = await admin
        .get(`/api/v1/${path}?limit=200${cursor && `&cursor=${cursor}`}`)
        .expect(200);
      cursor = (body as { nextCursor: string | null }).nextCursor;
    }
  };

  /** All that is done with the members of a selection, from its first moment on. */
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

  it(
    'in every statement',
    async () => {
      await useOf(customers.slice(0, WARM_UP))();
      const few = await work.during(useOf(customers.slice(WARM_UP, WARM_UP + FEW)));
      const many = await work.during(useOf(customers.slice(WARM_UP + FEW)));
      expect(few.size).toBeGreaterThan(50);
      const grown = [...many]
        .map(([statement, now]) => ({ statement, now, before: few.get(statement) ?? 0 }))
        .filter(({ now, before }) => now > MOST_TIMES * Math.max(before, LEAST_ROWS));
      expect(grown).toEqual([]);
    },
    PATIENCE_MS,
  );
});
