import type { Client } from 'pg';
import { RunQueue } from '../../src/modules/runs/execution/run-queue';
import { TransactionRunner } from '../../src/platform/database/transaction-runner';
import { waitForLocksWithoutEnd } from '../support/patient-locks';
import { ManualRuns } from '../support/runs';
import { TestApp } from '../support/test-app';
import { until } from '../support/until';

describe('a run', () => {
  let app: TestApp;
  let runs: ManualRuns;

  beforeAll(async () => {
    app = await TestApp.start({ LETHE_WORKERS: '0' });
    runs = new ManualRuns(app);
  });
  afterAll(() => app?.stop());
  afterEach(() => jest.restoreAllMocks());

  async function started(customerIds: readonly string[]): Promise<string> {
    const runId = await runs.create({ customerIds });
    await runs.work();
    await runs.start(runId, customerIds.length);
    return runId;
  }

  /** Two batches that share relationships would deadlock if each locked them in an order of its own. */
  describe('locks the relationships of a batch in the order of their ids before changing one', () => {
    let batch: string[];
    let relatives: string[];
    let holder: Client;

    beforeEach(async () => {
      batch = [await app.records.customer(), await app.records.customer()];
      relatives = [];
      while (relatives.length < 4) relatives.push(await app.records.customer());
      holder = await app.database.look();
    });
    afterEach(() => holder.query('ROLLBACK'));

    /** Inserts the pairs from the last id to the first, so that a sequential scan reads the last one first. */
    async function related(pairs: readonly (readonly [from: string, to: string])[]): Promise<string[]> {
      const { rows } = await app.sql.query<{ id: string }>('SELECT coalesce(max(id), 0) + 100 AS id FROM relationship');
      const ids = pairs.map((_, place) => String(Number(rows[0]!.id) + place));
      for (const [place, [from, to]] of [...pairs.entries()].reverse())
        await app.sql.query(
          `INSERT INTO relationship (id, customer_id, related_customer_id, kind)
           OVERRIDING SYSTEM VALUE VALUES ($1, $2, $3, $4)`,
          [ids[place], from, to, `Art ${place}`],
        );
      return ids;
    }

    /** The ids that are not locked while the run waits for the holder. */
    async function freeWhileItWaits(ids: readonly string[]): Promise<string[]> {
      const isWaiting = async () =>
        (await holder.query('SELECT FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))'))
          .rowCount === 1;
      await until('the run waits for the holder', isWaiting);
      const { rows } = await app.sql.query<{ id: string }>(
        'SELECT id FROM relationship WHERE id = ANY ($1) ORDER BY id FOR UPDATE SKIP LOCKED',
        [ids],
      );
      expect(await isWaiting()).toBe(true);
      return rows.map(({ id }) => id);
    }

    it.each([
      ['relationships from its customers', () => relatives.map((to, n) => [batch[n % 2]!, to] as const)],
      ['relationships to its customers', () => relatives.map((from, n) => [from, batch[n % 2]!] as const)],
      [
        'relationships in both directions',
        () =>
          relatives.map((other, n) => (n % 2 === 0 ? ([other, batch[0]!] as const) : ([batch[1]!, other] as const))),
      ],
    ])('%s', async (_, pairs) => {
      const ids = await related(pairs());
      waitForLocksWithoutEnd(app);
      const runId = await started(batch);
      await holder.query('BEGIN');
      await holder.query('SELECT FROM relationship WHERE id = $1 FOR UPDATE', [ids[1]]);
      const work = runs.work();
      expect(await freeWhileItWaits(ids)).toEqual(ids.slice(2));
      await holder.query('ROLLBACK');
      await work;
      await runs.workOff();
      expect(await runs.get(runId)).toMatchObject({ state: 'COMPLETED', counts: { anonymized: 2, failed: 0 } });
    });
  });

  describe('retries a customer whom another session has locked', () => {
    /**
     * The item after the run meets the locked customer again so many seconds later; time does not pass within a
     * transaction.
     */
    async function heldFor(seconds: number) {
      const customerId = await app.records.customer();
      const runId = await started([customerId]);
      const transaction = app.nest.get(TransactionRunner);
      const queue = app.nest.get(RunQueue);
      const givenUp = await transaction.run(async () => {
        await queue.deferItems(runId, [customerId]);
        await transaction.execute(
          `UPDATE anonymization_run_item SET first_deferred_at = first_deferred_at - $2 * interval '1 second'
           WHERE run_id = $1`,
          [runId, seconds],
        );
        return queue.deferItems(runId, [customerId]);
      });
      const { rows } = await app.sql.query<object>(
        'SELECT state, failure_code AS code FROM anonymization_run_item WHERE run_id = $1',
        [runId],
      );
      return { isGivenUp: givenUp.includes(customerId), ...rows[0]! };
    }

    it('for 60 seconds', async () => {
      expect(await heldFor(60)).toEqual({ isGivenUp: false, state: 'READY', code: null });
    });

    it('and no longer', async () => {
      expect(await heldFor(60.001)).toEqual({ isGivenUp: true, state: 'FAILED', code: 'CUSTOMER_LOCKED' });
    });
  });
});
