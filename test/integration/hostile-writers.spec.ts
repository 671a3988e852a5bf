import { RunQueue } from '../../src/modules/runs/execution/run-queue';
import { DataMap } from '../../src/modules/data-map';
import { anonymizedResidue } from '../support/anonymized-residue';
import { Population } from '../support/customer-rows';
import { type Attempts, familiesOf, HostileWriter } from '../support/hostile-writer';
import { finishedRun } from '../support/runs';
import { TestApp } from '../support/test-app';
import { until } from '../support/until';

const CUSTOMERS = 600;
/** Smaller than the product's own, so that the run has more boundaries at which others can interfere. */
const BATCH_SIZE = 50;
/** Foreign transactions for each batch. */
const ATTEMPTS_PER_BATCH = 15;
const SEEDS = [1, 2, 3];
const MODULES = ['archive', 'customer', 'device', 'finance', 'loyalty'];

/** Foreign programs write to all records of all customers of a run, in every lock order, until it ends. */
describe(`a run of ${CUSTOMERS} customers against ${SEEDS.length} hostile writers`, () => {
  let app: TestApp;
  let population: Population;
  let runId: string;
  let counts: Readonly<Record<string, number>>;
  let attempts: readonly Attempts[];

  beforeAll(async () => {
    // each deadlock costs this long, one second by default; the number of deadlocks does not depend on it
    app = await TestApp.start({}, [`ALTER DATABASE CURRENT_DATABASE SET deadlock_timeout = '100ms'`]);
    const tables = app.nest.get(DataMap).allCustomerTables;
    population = await Population.of(app.sql, tables);
    const customerIds = await population.customers(CUSTOMERS);
    await population.fill(customerIds);
    const families = await familiesOf(app.sql, tables);
    const admin = await app.as('admin');
    runId = (await admin.post('/api/v1/anonymization-runs').send({ customerIds }).expect(202)).body.id;
    const { counts: previewed } = await finishedRun(admin, runId, 'PREVIEWED');
    expect(previewed).toMatchObject({ total: CUSTOMERS, ready: CUSTOMERS });

    const writers = SEEDS.map((seed) => new HostileWriter(app.database.as('lethe_app'), families, customerIds, seed));
    const ended = () => writers.reduce((total, writer) => total + writer.ended, 0);
    const queue = app.nest.get(RunQueue);
    const claimBatch = queue.claimBatch.bind(queue);
    // Keeps both sides in step: a batch starts when the transactions allowed by the previous batch have ended.
    let allowed = 0;
    jest.spyOn(queue, 'claimBatch').mockImplementation(async (run) => {
      await until('the writers have done their part', () => ended() >= allowed);
      const claimed = await claimBatch(run, BATCH_SIZE);
      if (claimed.length > 0) allowed = Math.max(allowed, ended()) + ATTEMPTS_PER_BATCH;
      return claimed;
    });
    let isOver = false;
    const mayWrite = () => ended() < allowed;
    const work = Promise.all(writers.map((writer) => writer.workUntil(() => isOver, mayWrite)));
    try {
      const order = { confirmation: CUSTOMERS, reason: 'ERASURE_REQUEST' };
      await admin.post(`/api/v1/anonymization-runs/${runId}/start`).send(order).expect(202);
      counts = (await finishedRun(admin, runId, 'COMPLETED')).counts;
    } finally {
      isOver = true;
      await work;
    }
    attempts = writers.map((writer) => writer.attempts);
    report();
  });
  afterAll(() => app?.stop());

  it('completes without failed customers', () => {
    expect(counts).toMatchObject({ total: CUSTOMERS, failed: 0, ready: 0 });
    expect(counts.anonymized).toBeGreaterThan(CUSTOMERS / 2);
  });

  it('met real resistance', () => {
    const total = sum(
      ({ committed, refused, deadlocked, constrained }) => committed + refused + deadlocked + constrained,
    );
    // the last batch of each of the two lanes starts no further wait
    expect(total).toBeGreaterThanOrEqual((CUSTOMERS / BATCH_SIZE - 2) * ATTEMPTS_PER_BATCH);
    expect(sum(({ committed }) => committed)).toBeGreaterThan(0);
    expect(sum(({ refused }) => refused)).toBeGreaterThan(0);
    expect(attempts.flatMap(({ unexpected }) => unexpected)).toEqual([]);
  });

  it('leaves no residue of the customers that it anonymized', async () => {
    expect(await anonymizedResidue(app.sql, app.nest.get(DataMap), population.names)).toEqual([]);
  });

  it('has exactly one audit entry per module for each customer that it anonymized, and none for others', async () => {
    const { rows } = await app.sql.query<{ anonymized: boolean; modules: string[]; customers: number }>(`
      SELECT anonymized, modules, count(*)::int AS customers FROM (
        SELECT c.anonymized_at IS NOT NULL AS anonymized,
          array(SELECT e.module FROM audit.entry e
            WHERE e.customer_id = c.id AND e.action = 'CUSTOMER_DATA_ANONYMIZED' ORDER BY 1) AS modules
        FROM customer c) AS c
      GROUP BY anonymized, modules ORDER BY anonymized DESC`);
    const others = CUSTOMERS - counts.anonymized!;
    expect(rows).toEqual([
      { anonymized: true, modules: MODULES, customers: counts.anonymized },
      ...(others === 0 ? [] : [{ anonymized: false, modules: [], customers: others }]),
    ]);
  });

  it('has items that match the customers', async () => {
    const { rows } = await app.sql.query(
      `SELECT FROM anonymization_run_item i JOIN customer c ON c.id = i.customer_id
       WHERE i.run_id = $1 AND (i.state = 'ANONYMIZED') <> (c.anonymized_at IS NOT NULL)`,
      [runId],
    );
    expect(rows).toEqual([]);
  });

  const sum = (of: (attempt: Attempts) => number) => attempts.reduce((total, attempt) => total + of(attempt), 0);

  function report(): void {
    const { anonymized, blocked } = counts;
    const [committed, refused, constrained, deadlocked] = (
      ['committed', 'refused', 'constrained', 'deadlocked'] as const
    ).map((outcome) => sum((attempt) => attempt[outcome]));
    process.stderr.write(
      `hostile writers: ${anonymized} anonymized, ${blocked} blocked; ${committed} foreign transactions committed, ` +
        `${refused} refused, ${constrained} constrained, ${deadlocked} deadlocked\n`,
    );
  }
});
