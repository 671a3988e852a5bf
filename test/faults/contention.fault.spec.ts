import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import type { Response } from 'supertest';
import { Scenario } from './support/scenario';
import { until } from '../support/until';

const CUSTOMERS = 300;
const CALLS = 1_000;
/** Connections at a time: fewer than the 511 that Node lets wait to be accepted. */
const CALLERS = 250;

describe('many at the same customers', () => {
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

  it('two processes that both meet a customer who cannot be done say so once', async () => {
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

  it('two runs that overlap anonymize each customer once', async () => {
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

  it(`one customer, called for ${CALLS} times while three runs want the same, is anonymized once`, async () => {
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

  describe('a customer whom somebody else holds', () => {
    let holder: Client;

    beforeEach(async () => {
      holder = new Client(scenario.app.database.as('lethe_app'));
      await holder.connect();
      await holder.query('BEGIN');
    });
    afterEach(() => holder.end());

    it('for longer than a minute fails, and the run ends without him', async () => {
      const { runId, worker } = await runWithHeld();
      // a minute later
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

    it('for less is anonymized when he lets go', async () => {
      const { runId, worker } = await runWithHeld();
      await holder.query('COMMIT');
      await scenario.untilOver(runId);
      expect(await scenario.counts(runId)).toEqual({ ANONYMIZED: CUSTOMERS });
      expect(await scenario.checker.findings([runId])).toEqual([]);
      await worker.terminate();
    });

    /** A run of which all is done but the one customer. */
    async function runWithHeld() {
      const customerIds = await scenario.customers(CUSTOMERS);
      await holder.query('SELECT FROM customer WHERE id = $1 FOR KEY SHARE', [customerIds[1]]);
      const runId = await scenario.run(customerIds);
      const worker = scenario.worker();
      await until('all others are anonymized', async () => {
        // however long the others take, he has been held for a moment
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

/** Calls again when the server is too busy, or this caller has used up its share, after as long as it says. */
async function untilServed(call: () => PromiseLike<Response>): Promise<Response> {
  for (;;) {
    const answer = await call();
    if (answer.status !== 503 && answer.status !== 429) return answer;
    await delay(Number(answer.headers['retry-after']) * 1_000);
  }
}
