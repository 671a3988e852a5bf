import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import type { Response } from 'supertest';
import { Scenario } from './support/scenario';
import { until } from '../support/until';

const CUSTOMERS = 300;
const CALLS = 1_000;
/** Concurrent connections: fewer than Node's listen backlog of 511. */
const CALLERS = 250;

describe('concurrent work on the same customers', () => {
  let scenario: Scenario;

  beforeAll(async () => {
    scenario = await Scenario.prepare();
  });
  afterAll(() => scenario?.dispose());

  it('two processes on one run anonymize each customer once', async () => {
    const runId = await scenario.run(await scenario.customers(CUSTOMERS * 2));
    const workers = [scenario.worker(), scenario.worker()];
    await scenario.untilOver(runId);
    expect(await scenario.counts(runId)).toEqual({ ANONYMIZED: CUSTOMERS * 2 });
    expect(await scenario.checker.findings([runId])).toEqual([]);
    for (const worker of workers) expect(await worker.terminate()).toEqual({ code: 0, signal: null });
  });

  it('six processes start at the same moment on the same database', async () => {
    const workers = Array.from({ length: 6 }, () => scenario.worker());
    await Promise.all(workers.map(({ working }) => working));
    for (const worker of workers) worker.kill();
    await Promise.all(workers.map(({ exited }) => exited));
  });

  it('two processes that reach the same failing customer report the failure once', async () => {
    const customerIds = await scenario.customers(CUSTOMERS);
    const poisoned = [customerIds[0]!, customerIds[CUSTOMERS / 2]!, customerIds.at(-1)!];
    await scenario.sql.query(
      `ALTER TABLE invoice ADD CONSTRAINT poison CHECK (customer_id NOT IN ('${poisoned.join("', '")}') OR recipient_address IS NOT NULL)`,
    );
    const runId = await scenario.run(customerIds);
    const workers = [scenario.worker({ lanes: 4 }), scenario.worker({ lanes: 4 })];
    await scenario.untilOver(runId);
    await scenario.sql.query('ALTER TABLE invoice DROP CONSTRAINT poison');
    expect(await scenario.counts(runId)).toEqual({ ANONYMIZED: CUSTOMERS - 3, FAILED: 3 });
    expect(await scenario.checker.findings([runId])).toEqual([]);
    for (const worker of workers) await worker.terminate();
  });

  it('two overlapping runs anonymize each customer once', async () => {
    const customerIds = await scenario.customers(CUSTOMERS);
    const [first, second] = [customerIds.slice(0, (CUSTOMERS * 2) / 3), customerIds.slice(CUSTOMERS / 3)];
    const runIds = [await scenario.preview(first), await scenario.preview(second)];
    await scenario.start(runIds[0]!, first.length);
    await scenario.start(runIds[1]!, second.length);
    const workers = [scenario.worker(), scenario.worker()];
    await scenario.untilOver(...runIds);
    const counts = [await scenario.counts(runIds[0]!), await scenario.counts(runIds[1]!)];
    expect(counts.reduce((sum, { ANONYMIZED = 0 }) => sum + ANONYMIZED, 0)).toBe(CUSTOMERS);
    expect(counts.reduce((sum, each) => sum + (each.ALREADY_ANONYMIZED ?? 0), 0)).toBe(CUSTOMERS / 3);
    expect(await scenario.checker.findings(runIds)).toEqual([]);
    for (const worker of workers) await worker.terminate();
  });

  it(`${CALLS} calls for one customer, while three runs include the customer, anonymize the customer once`, async () => {
    const customerIds = await scenario.customers(3);
    const customerId = customerIds[1]!;
    const runIds: string[] = [];
    for (let run = 0; run < 3; run++) runIds.push(await scenario.preview(customerIds));
    const admin = await scenario.app.as('admin');
    const { body: customer } = await admin.get(`/api/v1/customers/${customerId}`).expect(200);
    const workers = [scenario.worker(), scenario.worker()];
    await Promise.all(workers.map(({ working }) => working));

    const outcomes: Record<string, number> = {};
    let left = CALLS;
    const callers = Array.from({ length: CALLERS }, async () => {
      while (left-- > 0) {
        const answer = await untilServed(() =>
          admin
            .post(`/api/v1/customers/${customerId}/anonymization`)
            .send({ confirmation: customer.customerNumber, reason: 'ERASURE_REQUEST' }),
        );
        const outcome = answer.status === 200 ? answer.body.outcome : `${answer.status} ${answer.body.code}`;
        outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      }
    });
    for (const runId of runIds) await scenario.start(runId, 3);
    await Promise.all(callers);
    await scenario.untilOver(...runIds);

    const byRuns = (await Promise.all(runIds.map((runId) => scenario.counts(runId)))).reduce(
      (sum, { ANONYMIZED = 0 }) => sum + ANONYMIZED,
      0,
    );
    process.stderr.write(`${CALLS} calls for one customer: ${JSON.stringify(outcomes)}, ${byRuns} of 3 by runs\n`);
    expect(byRuns + (outcomes.ANONYMIZED ?? 0)).toBe(3);
    const allowed = ['ANONYMIZED', 'ALREADY_ANONYMIZED', '409 CUSTOMER_LOCKED'];
    expect(Object.keys(outcomes).filter((outcome) => !allowed.includes(outcome))).toEqual([]);
    expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(CALLS);
    expect(await scenario.checker.findings(runIds)).toEqual([]);
    for (const worker of workers) await worker.terminate();
  });

  describe('a customer locked by another session', () => {
    let holder: Client;

    beforeEach(async () => {
      holder = new Client(scenario.app.database.as('lethe_app'));
      await holder.connect();
      await holder.query('BEGIN');
    });
    afterEach(() => holder.end());

    it('fails after more than a minute, and the run completes without this customer', async () => {
      const { runId, worker } = await runWithHeld();
      // simulates that a minute has passed
      await scenario.sql.query(
        `UPDATE anonymization_run_item SET first_deferred_at = first_deferred_at - interval '61 seconds' WHERE run_id = $1 AND state = 'READY'`,
        [runId],
      );
      await scenario.untilOver(runId);
      expect(await scenario.counts(runId)).toEqual({ ANONYMIZED: CUSTOMERS - 1, FAILED: 1 });
      const { rows } = await scenario.sql.query(
        `SELECT failure_code FROM anonymization_run_item WHERE run_id = $1 AND state = 'FAILED'`,
        [runId],
      );
      expect(rows).toEqual([{ failure_code: 'CUSTOMER_LOCKED' }]);
      await holder.query('COMMIT');
      expect(await scenario.checker.findings([runId])).toEqual([]);
      await worker.terminate();
    });

    it('is anonymized once the lock is released in time', async () => {
      const { runId, worker } = await runWithHeld();
      await holder.query('COMMIT');
      await scenario.untilOver(runId);
      expect(await scenario.counts(runId)).toEqual({ ANONYMIZED: CUSTOMERS });
      expect(await scenario.checker.findings([runId])).toEqual([]);
      await worker.terminate();
    });

    /** Starts a run in which only the locked customer is still open. */
    async function runWithHeld() {
      const customerIds = await scenario.customers(CUSTOMERS);
      await holder.query('SELECT FROM customer WHERE id = $1 FOR KEY SHARE', [customerIds[1]]);
      const runId = await scenario.run(customerIds);
      const worker = scenario.worker();
      await until('all others are anonymized', async () => {
        // backdates the deferral, so that the customer counts as locked for a moment however fast the others are
        await scenario.sql.query(
          `UPDATE anonymization_run_item SET first_deferred_at = now()
           WHERE run_id = $1 AND state = 'READY' AND first_deferred_at IS NOT NULL`,
          [runId],
        );
        const { rows } = await scenario.sql.query(
          `SELECT FROM anonymization_run_item WHERE run_id = $1 AND state = 'READY' AND first_deferred_at IS NOT NULL`,
          [runId],
        );
        return rows.length === 1 && (await scenario.counts(runId)).ANONYMIZED === CUSTOMERS - 1;
      });
      return { runId, worker };
    }
  });
});

/**
 * Repeats a call that the server refused as too busy or over the caller's share, after the time that the response asks
 * for.
 */
async function untilServed(call: () => PromiseLike<Response>): Promise<Response> {
  for (;;) {
    const answer = await call();
    if (answer.status !== 503 && answer.status !== 429) return answer;
    await delay(Number(answer.headers['retry-after']) * 1_000);
  }
}
