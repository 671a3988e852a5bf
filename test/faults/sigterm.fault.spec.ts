import { Client } from 'pg';
import { Scenario } from './support/scenario';
import { CLAIM, COMMIT, ITEMS, LOCK, REDACTION, STEP } from './support/statements';
import type { Point } from './support/wire-proxy';

const CUSTOMERS = 300;

/** A worker that does not stop within 9 s exits with 1 (test/unit/stop-on-signal). */
const CLEAN = { code: 0, signal: null };

/** Where the worker is when it receives the signal. */
const PLACES: Readonly<Record<string, Point>> = {
  'claims a batch': { statement: CLAIM, moment: 'BEFORE' },
  'writes the first records': { statement: REDACTION, moment: 'BEFORE' },
  'has written some entries': { statement: STEP, inTransactionWith: LOCK, moment: 'ANSWERED', nth: 3 },
  'is about to commit': { statement: COMMIT, inTransactionWith: ITEMS, moment: 'BEFORE' },
};

describe('SIGTERM to a worker that', () => {
  let scenario: Scenario;
  const runIds: string[] = [];

  beforeAll(async () => {
    scenario = await Scenario.prepare();
  });
  afterAll(() => scenario?.dispose());

  it.each(Object.entries(PLACES))(
    '%s ends it cleanly, with the batch in flight done or untouched',
    async (_, point) => {
      const customerIds = await scenario.customers(CUSTOMERS);
      const runId = await scenario.run(customerIds);
      runIds.push(runId);
      const worker = scenario.worker();
      await scenario.proxy.at(point, async () => {
        await worker.working;
        void worker.terminate();
      });
      expect(await worker.exited).toEqual(CLEAN);
      await scenario.withoutWorkers();
      const { READY = 0, ANONYMIZED = 0 } = await scenario.counts(runId);
      expect(READY + ANONYMIZED).toBe(CUSTOMERS);

      const next = scenario.worker();
      await scenario.untilOver(runId);
      expect(await scenario.checker.findings(runIds)).toEqual([]);
      await next.terminate();
    },
  );

  it('waits for a locked record ends it within 10 s, with the customer untouched', async () => {
    const customerIds = await scenario.customers(CUSTOMERS);
    const runId = await scenario.run(customerIds);
    runIds.push(runId);
    const holder = new Client(scenario.app.database.as('lethe_app'));
    await holder.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT FROM invoice WHERE customer_id = $1 FOR UPDATE', [customerIds[0]]);
    const worker = scenario.worker({ lanes: 1 });
    await scenario.proxy.at({ statement: STEP, inTransactionWith: LOCK, moment: 'SENT' });
    await worker.working;
    expect(await worker.terminate()).toEqual(CLEAN);
    await holder.query('COMMIT');
    await holder.end();

    const next = scenario.worker();
    await scenario.untilOver(runId);
    expect(await scenario.checker.findings(runIds)).toEqual([]);
    await next.terminate();
  });
});
