import { setTimeout as delay } from 'node:timers/promises';
import { DataMap } from '../../src/modules/data-map';
import { type Attempts, familiesOf, HostileWriter } from '../support/hostile-writer';
import { Scenario } from './support/scenario';
import { until } from '../support/until';

const CUSTOMERS = 20_000;
const TRANSACTIONS = 5_000;
const SEEDS = [1, 2, 3, 4];
const DEADLOCKS_PER_THOUSAND = 1;
const LATENCY_MS = 1_000;
/** Milliseconds; minutes on a busy machine. */
const TIMEOUT_MS = 1_500_000;

/**
 * The long form of test/integration/hostile-writers: two processes, the product's own batch sizes, and as many foreign
 * transactions as a chain has a day.
 */
describe(`${CUSTOMERS} customers against ${SEEDS.length} hostile writers`, () => {
  let scenario: Scenario;
  let runId: string;
  let attempts: readonly Attempts[];
  let deadlocks: number;

  beforeAll(async () => {
    scenario = await Scenario.prepare();
    const customerIds = await scenario.strangers(CUSTOMERS);
    const families = await familiesOf(scenario.sql, scenario.app.nest.get(DataMap).allCustomerTables);
    runId = await scenario.runOverAll(CUSTOMERS);
    const before = await deadlocksSoFar();
    const writers = SEEDS.map(
      (seed) => new HostileWriter(scenario.app.database.as('lethe_app'), families, customerIds, seed),
    );
    let isOver = false;
    const work = Promise.all(writers.map((writer) => writer.workUntil(() => isOver)));
    const workers = [scenario.worker(), scenario.worker()];
    try {
      await until('the run is over', () => isOverAtTheirPace(writers), TIMEOUT_MS);
    } finally {
      isOver = true;
      await work;
    }
    for (const worker of workers) await worker.terminate();
    await scenario.withoutWorkers(); // a session reports its deadlocks when it ends, at the latest
    attempts = writers.map((writer) => writer.attempts);
    deadlocks = (await deadlocksSoFar()) - before;
    process.stderr.write(
      `hostile writers: ${JSON.stringify(await scenario.counts(runId))}, ${deadlocks} deadlocks, ${JSON.stringify(attempts)}\n`,
    );
  }, TIMEOUT_MS + 300_000);
  afterAll(() => scenario?.dispose());

  it('completes without failed customers', async () => {
    const { ANONYMIZED = 0, BLOCKED = 0, ...rest } = await scenario.counts(runId);
    expect(rest).toEqual({});
    expect(ANONYMIZED + BLOCKED).toBe(CUSTOMERS);
    expect(ANONYMIZED).toBeGreaterThan(CUSTOMERS / 2);
  });

  it(`survived at least ${TRANSACTIONS} competing transactions with at most ${DEADLOCKS_PER_THOUSAND} deadlocks in 1,000`, () => {
    expect(transactions()).toBeGreaterThanOrEqual(TRANSACTIONS);
    expect(sum(({ committed }) => committed)).toBeGreaterThan(0);
    expect(sum(({ refused }) => refused)).toBeGreaterThan(0);
    expect(attempts.flatMap(({ unexpected }) => unexpected)).toEqual([]);
    expect(deadlocks).toBeLessThanOrEqual((transactions() * DEADLOCKS_PER_THOUSAND) / 1_000);
  });

  it('leaves no half-anonymized customer', async () => {
    expect(await scenario.checker.findings([runId], 'OTHERS_WROTE')).toEqual([]);
  });

  /**
   * Slows down the workers' connections while the writers have completed a smaller share of their work than the
   * workers.
   */
  async function isOverAtTheirPace(writers: readonly HostileWriter[]): Promise<boolean> {
    const { READY = 0 } = await scenario.counts(runId);
    const theirs = writers.reduce((total, writer) => total + writer.ended, 0) / TRANSACTIONS;
    scenario.proxy.delayRequests(theirs < (CUSTOMERS - READY) / CUSTOMERS ? LATENCY_MS : 0);
    await delay(500);
    return scenario.isOver(runId);
  }

  const sum = (of: (attempt: Attempts) => number) => attempts.reduce((total, attempt) => total + of(attempt), 0);
  const transactions = () =>
    sum(({ committed, refused, deadlocked, constrained }) => committed + refused + deadlocked + constrained);

  async function deadlocksSoFar(): Promise<number> {
    const { rows } = await scenario.sql.query<{ deadlocks: number }>(
      'SELECT deadlocks::int AS deadlocks FROM pg_stat_database WHERE datname = current_database()',
    );
    return rows[0]!.deadlocks;
  }
});
