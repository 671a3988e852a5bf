import type { Client } from 'pg';
import { UncleanedRuns } from '../../src/modules/runs';
import { RunExecutor } from '../../src/modules/runs/execution/run-executor';
import { RunQueue } from '../../src/modules/runs/execution/run-queue';
import { RunStateMachine } from '../../src/modules/runs/state/run.state-machine';
import { RunWorker } from '../../src/modules/runs/execution/run-worker';
import { BatchSize } from '../../src/modules/runs/execution/batch-size';
import { AuditLog } from '../../src/modules/audit';
import type { RunState } from '../../src/modules/runs/state/run-state';
import { Role } from '../../src/kernel/role';
import { TransactionRunner } from '../../src/platform/database/transaction-runner';
import { waitForLocksWithoutEnd } from '../support/patient-locks';
import { ManualRuns } from '../support/runs';
import { TestApp } from '../support/test-app';
import { until } from '../support/until';

type Action = 'start' | 'pause' | 'resume' | 'cancel';

const ACTIONS: readonly Action[] = ['start', 'pause', 'resume', 'cancel'];

/** The state after each action in each state; missing combinations are refused. */
const TRANSITIONS: Readonly<Record<RunState, Partial<Record<Action, RunState>>>> = {
  PREVIEWING: { cancel: 'CANCELLING' },
  PREVIEWED: { start: 'RUNNING', cancel: 'CANCELLING' },
  RUNNING: { pause: 'PAUSED', cancel: 'CANCELLING' },
  PAUSED: { resume: 'RUNNING', cancel: 'CANCELLING' },
  CANCELLING: {},
  CANCELLED: {},
  COMPLETED: {},
  EXPIRED: {},
};

const ACTION_AUDITED: Readonly<Record<string, string>> = {
  start: 'ANONYMIZATION_RUN_STARTED',
  pause: 'ANONYMIZATION_RUN_PAUSED',
  resume: 'ANONYMIZATION_RUN_RESUMED',
};

const TOMORROW = () => new Date(Date.now() + 25 * 3_600_000).toISOString();

describe('control of runs', () => {
  let app: TestApp;
  let runs: ManualRuns;

  beforeAll(async () => {
    app = await TestApp.start({ LETHE_WORKERS: '0' });
    runs = new ManualRuns(app);
  });
  afterAll(() => app.stop());
  afterEach(() => {
    app.clock.set(null);
    jest.restoreAllMocks();
  });

  const batchesOfTen = () => jest.spyOn(app.nest.get(BatchSize), 'customers', 'get').mockReturnValue(10);
  const auditOf = async (runId: string) =>
    (
      await app.sql.query<{ action: string; actor: string; details: Record<string, unknown> }>(
        `SELECT action, actor_id AS actor, canonical::jsonb -> 'details' AS details
         FROM audit.entry WHERE run_id = $1 AND action LIKE 'ANONYMIZATION_RUN_%' ORDER BY id`,
        [runId],
      )
    ).rows;
  const actionsOf = async (runId: string) => (await auditOf(runId)).map(({ action }) => action);
  /** Waits until a session with this condition waits for a lock. */
  const waiting = (condition: string) =>
    until('somebody waits', async () => {
      const { rowCount } = await app.sql.query(
        `SELECT FROM pg_stat_activity a JOIN pg_locks l ON l.pid = a.pid
         WHERE a.datname = current_database() AND NOT l.granted AND ${condition}`,
      );
      return rowCount! > 0;
    });
  const holding = async (work: (holder: Client) => Promise<unknown>) => {
    const holder = await app.database.look();
    await holder.query('BEGIN');
    await work(holder);
    return holder;
  };

  /** How to bring a run of two customers into each state. */
  const REACH: Readonly<Record<RunState, () => Promise<string>>> = {
    PREVIEWING: () => runs.ofCustomers(2),
    PREVIEWED: async () => {
      const id = await REACH.PREVIEWING();
      await runs.work();
      return id;
    },
    RUNNING: async () => {
      const id = await REACH.PREVIEWED();
      await runs.start(id, 2);
      return id;
    },
    PAUSED: async () => {
      const id = await REACH.RUNNING();
      await runs.act(id, 'pause');
      return id;
    },
    CANCELLING: async () => {
      const id = await REACH.RUNNING();
      await runs.act(id, 'cancel');
      return id;
    },
    CANCELLED: async () => {
      const id = await REACH.CANCELLING();
      await runs.work();
      return id;
    },
    COMPLETED: async () => {
      const id = await REACH.RUNNING();
      await runs.workOff();
      return id;
    },
    EXPIRED: async () => {
      const id = await REACH.PREVIEWED();
      app.clock.set(TOMORROW());
      return id;
    },
  };

  describe.each(Object.keys(REACH) as RunState[])('of a run in state %s', (state) => {
    it.each(ACTIONS)('%s', async (action) => {
      const id = await REACH[state]();
      expect((await runs.get(id)).state).toBe(state);
      const before = await actionsOf(id);
      const { status, body } = await runs.act(
        id,
        action,
        action === 'start' ? { confirmation: 2, reason: 'OTHER' } : {},
      );
      const next = TRANSITIONS[state][action];
      if (next !== undefined) {
        expect({ status, body }).toEqual({ status: 202, body: { id, state: next } });
        expect((await runs.get(id)).state).toBe(next);
        const audited = ACTION_AUDITED[action];
        expect(await actionsOf(id)).toEqual([...before, ...(audited === undefined ? [] : [audited])]);
        return;
      }
      const refusal =
        state === 'EXPIRED' && action === 'start' ? { code: 'PREVIEW_EXPIRED' } : { code: 'RUN_STATE_CONFLICT', state };
      expect(body).toMatchObject({ status: 409, ...refusal });
      expect((await runs.get(id)).state).toBe(state);
      expect(await actionsOf(id)).toEqual(before);
    });
  });

  it('of an unknown run', async () => {
    for (const action of ['pause', 'resume', 'cancel'] as const)
      expect((await runs.act('0197f5a0-0000-7000-8000-000000000000', action)).body).toMatchObject({
        status: 404,
        code: 'ANONYMIZATION_RUN_NOT_FOUND',
      });
  });

  it('pauses before the next batch, and resumes where it was', async () => {
    const id = await REACH.PAUSED();
    await runs.workOff();
    expect(await runs.get(id)).toMatchObject({ state: 'PAUSED', counts: { ready: 2, anonymized: 0 } });
    await runs.act(id, 'resume');
    await runs.workOff();
    expect(await runs.get(id)).toMatchObject({ state: 'COMPLETED', counts: { ready: 0, anonymized: 2 } });
    expect(await actionsOf(id)).toEqual(
      ['CREATED', 'STARTED', 'PAUSED', 'RESUMED', 'COMPLETED'].map((end) => `ANONYMIZATION_RUN_${end}`),
    );
  });

  it('is audited under the acting employee, and resuming a run starts its remaining customers', async () => {
    const admin = await app.as('admin');
    await admin
      .post('/api/v1/employees')
      .send({ username: 'second', displayName: 'Zweite', role: 'ADMINISTRATOR', password: 'lange-genug-7' })
      .expect(201);
    const { body } = await app
      .anonymous()
      .post('/api/v1/auth/login')
      .send({ username: 'second', password: 'lange-genug-7' });
    const id = await REACH.RUNNING();
    for (const action of ['pause', 'resume', 'cancel'])
      await app
        .anonymous()
        .post(`/api/v1/anonymization-runs/${id}/${action}`)
        .set('Authorization', `Bearer ${body.accessToken}`)
        .expect(202);
    await runs.work();
    const entries = await auditOf(id);
    expect(entries.slice(2).map(({ action, actor }) => [action, actor])).toEqual(
      ['PAUSED', 'RESUMED', 'CANCELLED'].map((end) => [`ANONYMIZATION_RUN_${end}`, body.employee.id]),
    );
    expect(entries.at(-1)!.details).toEqual({ counts: { CANCELLED: 2 } });
    const { startedBy } = await runs.get(id);
    expect(startedBy).toBe(body.employee.id); // the employee who resumed it
    const customers = await app.sql.query(
      `SELECT FROM customer c JOIN anonymization_run_item i ON i.customer_id = c.id WHERE i.run_id = $1 AND c.anonymized_at IS NOT NULL`,
      [id],
    );
    expect(customers.rowCount).toBe(0);
  });

  it('cancels during a batch in flight: the batch completes, the rest is untouched', async () => {
    batchesOfTen();
    waitForLocksWithoutEnd(app);
    const id = await runs.ofCustomers(30);
    await runs.work();
    await runs.start(id, 30);
    const { rows } = await app.sql.query<{ customer_id: string }>(
      'SELECT customer_id FROM anonymization_run_item WHERE run_id = $1 ORDER BY customer_id LIMIT 1',
      [id],
    );
    const address = await app.records.insert('address', { customer_id: rows[0]!.customer_id });
    const holder = await holding((client) => client.query('SELECT FROM address WHERE id = $1 FOR UPDATE', [address]));
    const batch = runs.work();
    await waiting(`a.query LIKE 'WITH batch%'`);
    expect((await runs.act(id, 'cancel')).status).toBe(202);
    expect((await runs.get(id)).counts).toMatchObject({ ready: 30 });
    const end = runs.work(); // another worker
    await waiting(`a.query LIKE '%SET state = ''CANCELLED''%'`);
    expect((await runs.get(id)).state).toBe('CANCELLING');
    await holder.query('ROLLBACK');
    await Promise.all([batch, end]);
    expect(await runs.get(id)).toMatchObject({
      state: 'CANCELLED',
      counts: { total: 30, ready: 0, anonymized: 10, cancelled: 20 },
    });
    const anonymized = await app.sql.query('SELECT FROM customer WHERE anonymization_run_id = $1', [id]);
    expect(anonymized.rowCount).toBe(10);
    expect((await auditOf(id)).at(-1)).toMatchObject({
      action: 'ANONYMIZATION_RUN_CANCELLED',
      details: { counts: { ANONYMIZED: 10, CANCELLED: 20 } },
    });
  });

  it('checks the customers of a run once, even with several workers', async () => {
    await runs.workOff(); // work left by earlier tests would wait for the lock as well
    const id = await REACH.PREVIEWING();
    const holder = await holding((client) => client.query('LOCK TABLE anonymization_run_item IN SHARE MODE'));
    const preview = runs.work();
    await waiting(`l.relation = 'anonymization_run_item'::regclass`);
    expect(await runs.work()).toBe(false); // the other worker leaves it to the one that is checking
    await holder.query('ROLLBACK');
    await preview;
    expect(await runs.get(id)).toMatchObject({ state: 'PREVIEWED', counts: { total: 2, ready: 2 } });
  });

  it('cancels at once while the customers are being checked, and ends after the check', async () => {
    await runs.workOff(); // work left by earlier tests would wait for the lock as well
    const id = await REACH.PREVIEWING();
    const holder = await holding((client) => client.query('LOCK TABLE anonymization_run_item IN SHARE MODE'));
    const preview = runs.work();
    await waiting(`l.relation = 'anonymization_run_item'::regclass`);
    expect((await runs.act(id, 'start', { confirmation: 2, reason: 'OTHER' })).body.code).toBe('RUN_STATE_CONFLICT');
    expect((await runs.act(id, 'cancel')).body).toEqual({ id, state: 'CANCELLING' });
    await runs.work(); // the other worker leaves it to the one that is checking
    expect((await runs.get(id)).state).toBe('CANCELLING');
    await holder.query('ROLLBACK');
    await preview;
    await runs.work();
    expect(await runs.get(id)).toMatchObject({ state: 'CANCELLED', counts: { total: 2, ready: 0, cancelled: 2 } });
  });

  it('allows one active run per selection, even if paused, and cancels another one anyway', async () => {
    const selectionId = await app.records.insert('selection', { name: 'Zweimal' });
    await app.records.insert('selection_member', {
      selection_id: selectionId,
      customer_id: await app.records.customer(),
    });
    const [first, second] = [await runs.create({ selectionId }), await runs.create({ selectionId })];
    await runs.work();
    await runs.start(first, 1);
    await runs.act(first, 'pause');
    const refused = await runs.act(second, 'start', { confirmation: 1, reason: 'OTHER' });
    expect(refused.body).toMatchObject({ status: 409, code: 'RUN_ALREADY_ACTIVE' });
    expect((await runs.act(second, 'cancel')).status).toBe(202);
    await runs.work();
    expect((await runs.get(second)).state).toBe('CANCELLED');
    await runs.act(first, 'resume');
    await runs.workOff();
    expect(await runs.get(first)).toMatchObject({ state: 'COMPLETED', counts: { anonymized: 1 } });
  });

  it('allows two overlapping runs: both end, and each customer is anonymized once', async () => {
    const customers: string[] = [];
    while (customers.length < 30) customers.push(await app.records.customer());
    const first = await runs.create({ customerIds: customers.slice(0, 20) });
    const second = await runs.create({ customerIds: customers.slice(10) });
    await runs.work();
    await runs.start(first, 20);
    await runs.start(second, 20);
    const untilEnded = async (id: string) => {
      while ((await runs.get(id)).state === 'RUNNING') await runs.work(); // includes retries of customers locked by the other run
    };
    await Promise.all([untilEnded(first), untilEnded(second)]);
    const ends = [await runs.get(first), await runs.get(second)];
    expect(ends.map(({ state }) => state)).toEqual(['COMPLETED', 'COMPLETED']);
    expect(ends.map(({ counts }) => counts.anonymized + counts.alreadyAnonymized)).toEqual([20, 20]);
    expect(ends[0]!.counts.anonymized + ends[1]!.counts.anonymized).toBe(30);
    const { rows } = await app.sql.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM audit.entry
       WHERE action = 'CUSTOMER_DATA_ANONYMIZED' AND customer_id = ANY ($1) GROUP BY customer_id`,
      [customers],
    );
    expect(rows).toEqual(customers.map(() => ({ count: 5 })));
  });

  it('ends a run only when its entries are anchored, and not if it was cancelled meanwhile', async () => {
    const id = await REACH.RUNNING();
    await runs.work();
    const isAnchored = jest.spyOn(app.nest.get(AuditLog), 'isAnchored').mockResolvedValue(false);
    await runs.work();
    expect(isAnchored).toHaveBeenCalled();
    expect(await runs.get(id)).toMatchObject({ state: 'RUNNING', counts: { ready: 0, anonymized: 2 } });
    isAnchored.mockRestore();
    await runs.act(id, 'cancel');
    const actor = { id: null, role: null };
    const transaction = app.nest.get(TransactionRunner);
    await transaction.run(() => app.nest.get(RunStateMachine).completeWhenDone(id, actor)); // by a worker that read the run before
    expect((await runs.get(id)).state).toBe('CANCELLING');
    await runs.work();
    expect(await runs.get(id)).toMatchObject({ state: 'CANCELLED', counts: { anonymized: 2, cancelled: 0 } });
  });

  it('continues with the other runs when one fails', async () => {
    await runs.workOff();
    const [failing, other] = [await runs.ofCustomers(2), await runs.ofCustomers(2)];
    await runs.work();
    for (const id of [failing, other]) await runs.start(id, 2);
    const executor = app.nest.get(RunExecutor);
    const executeNextBatch = executor.executeNextBatch.bind(executor);
    jest
      .spyOn(executor, 'executeNextBatch')
      .mockImplementation((run) =>
        run.id === failing ? Promise.reject(new Error('out of order')) : executeNextBatch(run),
      );
    const reported: string[] = [];
    await app.nest.get(RunWorker).advanceRuns(
      () => false,
      (_, runId) => reported.push(runId),
    );
    expect(reported).toEqual([failing]);
    expect((await runs.get(failing)).counts).toMatchObject({ ready: 2 });
    expect((await runs.get(other)).counts).toMatchObject({ anonymized: 2 });
    jest.restoreAllMocks();
    await runs.workOff();
    expect((await runs.get(failing)).state).toBe('COMPLETED');
  });

  it('leaves the customers of a batch unchanged when the connection breaks', async () => {
    const id = await REACH.RUNNING();
    const broken = Object.assign(new Error('terminating connection'), { code: '57P01' });
    const batch = jest.spyOn(app.nest.get(RunQueue), 'anonymizeBatch').mockRejectedValue(broken);
    await expect(runs.work()).rejects.toBe(broken);
    expect(batch.mock.calls.map(([, claimed]) => claimed.length)).toEqual([2, 2, 2, 2, 2]); // retried whole, not halved
    batch.mockRestore();
    expect(await runs.get(id)).toMatchObject({ state: 'RUNNING', counts: { ready: 2, failed: 0 } });
    await runs.workOff();
    expect(await runs.get(id)).toMatchObject({ state: 'COMPLETED', counts: { anonymized: 2 } });
  });

  it('calculates rate and remaining time from working time, without pauses', async () => {
    batchesOfTen();
    app.clock.set('2026-06-01T10:00:00Z');
    const id = await runs.ofCustomers(30);
    await runs.work();
    await runs.start(id, 30);
    expect(await runs.get(id)).toMatchObject({ customersPerSecond: null, estimatedSecondsLeft: null });
    app.clock.set('2026-06-01T10:00:10Z');
    await runs.work();
    const working = { customersPerSecond: 1, estimatedSecondsLeft: 20 };
    expect(await runs.get(id)).toMatchObject(working);
    await runs.act(id, 'pause');
    app.clock.set('2026-06-01T11:00:00Z');
    expect(await runs.get(id)).toMatchObject({ customersPerSecond: 1, estimatedSecondsLeft: null });
    await runs.act(id, 'resume');
    expect(await runs.get(id)).toMatchObject(working);
    app.clock.set('2026-06-01T11:00:10Z');
    await runs.workOff();
    expect(await runs.get(id)).toMatchObject({
      state: 'COMPLETED',
      customersPerSecond: 1.5,
      estimatedSecondsLeft: null,
    });
    app.clock.set('2026-06-01T12:00:00Z');
    expect((await runs.get(id)).customersPerSecond).toBe(1.5);
  });

  it('lists runs by state, including previews whose expiry is not recorded yet', async () => {
    const expired = await runs.ofCustomers(1);
    await runs.work();
    app.clock.set(TOMORROW());
    const previewing = await runs.ofCustomers(1);
    const listed = async (query: string) => {
      const { body } = await (await app.as('compliance')).get(`/api/v1/anonymization-runs?${query}`).expect(200);
      return (body as { items: { id: string; state: string }[] }).items;
    };
    expect((await listed('state=EXPIRED')).map(({ id }) => id)).toContain(expired);
    expect((await listed('state=PREVIEWING')).map(({ id }) => id)).toEqual([previewing]);
    const both = await listed('state=EXPIRED&state=PREVIEWING');
    expect(new Set(both.map(({ state }) => state))).toEqual(new Set(['EXPIRED', 'PREVIEWING']));
    const { body } = await (await app.as('compliance')).get('/api/v1/anonymization-runs?state=GONE').expect(400);
    expect(body).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ field: 'state' }] });
  });
});

describe('a paused run', () => {
  let app: TestApp;
  let runs: ManualRuns;

  beforeAll(async () => {
    app = await TestApp.start({ LETHE_WORKERS: '0' });
    runs = new ManualRuns(app);
  });
  afterAll(() => app.stop());
  afterEach(() => {
    app.clock.set(null);
    jest.restoreAllMocks();
  });

  /** A run of three customers, one of them anonymized, paused at noon. */
  const pausedRun = async (): Promise<string> => {
    jest.spyOn(app.nest.get(BatchSize), 'customers', 'get').mockReturnValue(1);
    app.clock.set('2026-06-01T12:00:00Z');
    const id = await runs.ofCustomers(3);
    await runs.work();
    await runs.start(id, 3);
    await runs.work();
    await runs.act(id, 'pause');
    return id;
  };
  const stored = async (id: string) =>
    (
      await app.sql.query<{ state: string; cleaned: boolean; items: string }>(
        `SELECT state, cleaned_at IS NOT NULL AS cleaned, (
           SELECT string_agg(state, ' ' ORDER BY state) FROM anonymization_run_item WHERE run_id = run.id) AS items
         FROM anonymization_run run WHERE id = $1`,
        [id],
      )
    ).rows[0]!;
  const cleanEverything = async () => {
    const runsToClean = app.nest.get(UncleanedRuns);
    await runsToClean.markCleaned({ ...(await runsToClean.findWaiting()), readAt: new Date('2100-01-01') });
  };
  const lastEntry = async (id: string) =>
    (
      await app.sql.query<{ content: Record<string, unknown> }>(
        `SELECT canonical::jsonb AS content FROM audit.entry WHERE run_id = $1 ORDER BY id DESC LIMIT 1`,
        [id],
      )
    ).rows[0]!.content;

  it('expires after seven days: at once for every reader, and a worker cancels the remaining customers', async () => {
    const id = await pausedRun();
    app.clock.set('2026-06-08T12:00:00Z');
    await runs.work();
    expect((await runs.get(id)).state).toBe('PAUSED');
    app.clock.set('2026-06-08T12:00:01Z');
    const counts = { total: 3, ready: 0, anonymized: 1, cancelled: 2 };
    expect(await runs.get(id)).toMatchObject({ state: 'EXPIRED', finishedAt: null, counts });
    expect((await runs.act(id, 'resume')).body).toMatchObject({ code: 'RUN_STATE_CONFLICT', state: 'EXPIRED' });
    expect((await runs.act(id, 'cancel')).body).toMatchObject({ code: 'RUN_STATE_CONFLICT', state: 'EXPIRED' });
    expect(await stored(id)).toMatchObject({ state: 'PAUSED', items: 'ANONYMIZED READY READY' });
    await runs.work();
    expect(await stored(id)).toMatchObject({ state: 'EXPIRED', items: 'ANONYMIZED CANCELLED CANCELLED' });
    expect(await runs.get(id)).toMatchObject({ state: 'EXPIRED', finishedAt: '2026-06-08T12:00:01.000Z', counts });
    expect(await lastEntry(id)).toMatchObject({
      action: 'ANONYMIZATION_RUN_CANCELLED',
      actorId: null,
      actorRole: null,
      details: { cause: 'PAUSE_EXPIRED', counts: { ANONYMIZED: 1, CANCELLED: 2 } },
    });
    await runs.workOff();
    expect((await runs.get(id)).counts).toMatchObject(counts);
  });

  it('counts the days of each pause from zero', async () => {
    const id = await pausedRun();
    app.clock.set('2026-06-05T12:00:00Z');
    await runs.act(id, 'resume');
    await runs.act(id, 'pause');
    app.clock.set('2026-06-12T12:00:00Z');
    expect((await runs.get(id)).state).toBe('PAUSED');
    await runs.act(id, 'resume');
    jest.restoreAllMocks();
    await runs.workOff();
    expect(await runs.get(id)).toMatchObject({ state: 'COMPLETED', counts: { anonymized: 3 } });
  });

  it('is cleaned of dead rows, and again after it has resumed', async () => {
    await cleanEverything();
    const id = await pausedRun();
    const runsToClean = app.nest.get(UncleanedRuns);
    const read = await runsToClean.findWaiting();
    expect(read).toMatchObject({ ids: [id], due: true });
    app.clock.set('2026-06-01T13:00:00Z');
    await runs.act(id, 'resume');
    expect((await runsToClean.findWaiting()).ids).toEqual([]);
    jest.restoreAllMocks();
    await runs.workOff();
    await runsToClean.markCleaned(read); // of a cleanup that began during the pause
    expect(await stored(id)).toMatchObject({ state: 'COMPLETED', cleaned: false });
    const again = await runsToClean.findWaiting();
    expect(again.ids).toEqual([id]);
    await runsToClean.markCleaned(again);
    expect(await stored(id)).toMatchObject({ cleaned: true });
  });

  it('is cleaned up after it expires', async () => {
    const id = await pausedRun();
    await cleanEverything();
    app.clock.set('2026-07-01T12:00:00Z');
    await runs.work();
    expect((await app.nest.get(UncleanedRuns).findWaiting()).ids).toEqual([id]);
  });

  it('spends no lock timeout on a locked customer', async () => {
    const customerId = await app.records.customer();
    const id = await runs.create({ customerIds: [customerId] });
    await runs.work();
    await runs.start(id, 1);
    const holder = await app.database.look();
    await holder.query('BEGIN');
    await holder.query('SELECT FROM customer WHERE id = $1 FOR KEY SHARE', [customerId]);
    const deferred = async () =>
      (
        await app.sql.query<{ at: Date | null }>(
          'SELECT first_deferred_at AS at FROM anonymization_run_item WHERE run_id = $1',
          [id],
        )
      ).rows[0]!.at;
    const untilDeferred = async () => {
      while ((await deferred()) === null) await runs.work();
    };
    await untilDeferred();
    await runs.act(id, 'pause');
    await app.sql.query(
      `UPDATE anonymization_run_item SET first_deferred_at = first_deferred_at - interval '1 hour',
         deferred_at = deferred_at - interval '1 hour' WHERE run_id = $1`,
      [id],
    );
    await runs.act(id, 'resume');
    await runs.work(); // at least one more attempt
    await untilDeferred();
    expect((await runs.get(id)).counts).toMatchObject({ ready: 1, failed: 0 });
    await holder.query('ROLLBACK');
    while ((await runs.get(id)).state === 'RUNNING') await runs.work();
    expect(await runs.get(id)).toMatchObject({ state: 'COMPLETED', counts: { anonymized: 1 } });
  });
});

it('a customer locked by another session is retried for a minute of work, then fails with an entry', async () => {
  const app = await TestApp.start({ LETHE_WORKERS: '0' });
  try {
    const runs = new ManualRuns(app);
    const [held, free] = [await app.records.customer(), await app.records.customer()];
    const id = await runs.create({ customerIds: [held, free] });
    await runs.work();
    await runs.start(id, 2);
    const holder = await app.database.look();
    await holder.query('BEGIN');
    await holder.query('SELECT FROM customer WHERE id = $1 FOR KEY SHARE', [held]);
    /** Dates the first deferral so many seconds back, and the latest one a moment back. */
    const tryAgainAfter = async (seconds: number) => {
      await app.sql.query(
        `UPDATE anonymization_run_item
         SET first_deferred_at = now() - $2 * interval '1 second', deferred_at = now() - interval '1 second'
         WHERE run_id = $1 AND state = 'READY'`,
        [id, seconds],
      );
      await runs.work();
    };
    await runs.work();
    expect((await runs.get(id)).counts).toMatchObject({ ready: 1, anonymized: 1, failed: 0 });
    await tryAgainAfter(30);
    expect((await runs.get(id)).counts).toMatchObject({ ready: 1, failed: 0 });
    await tryAgainAfter(61);
    expect((await runs.get(id)).counts).toMatchObject({ ready: 0, anonymized: 1, failed: 1 });
    await runs.workOff();
    expect((await runs.get(id)).state).toBe('COMPLETED');
    const { body } = await (await app.as('admin')).get(`/api/v1/anonymization-runs/${id}/items?state=FAILED`);
    expect(body.items).toEqual([expect.objectContaining({ customerId: held, failureCode: 'CUSTOMER_LOCKED' })]);
    const { rows } = await app.sql.query(
      `SELECT action, canonical::jsonb -> 'details' ->> 'failureCode' AS code
       FROM audit.entry WHERE customer_id = $1`,
      [held],
    );
    expect(rows).toEqual([{ action: 'ANONYMIZATION_FAILED', code: 'CUSTOMER_LOCKED' }]);
  } finally {
    await app.stop();
  }
});

describe('a run whose administrator', () => {
  let app: TestApp;
  let runs: ManualRuns;

  beforeAll(async () => {
    app = await TestApp.start({ LETHE_WORKERS: '0' });
    runs = new ManualRuns(app);
  });
  afterAll(() => app.stop());
  afterEach(() => jest.restoreAllMocks());

  const second = async (username: string) => {
    const credentials = { username, password: 'lange-genug-7' };
    const admin = await app.as('admin');
    const { body: employee } = await admin
      .post('/api/v1/employees')
      .send({ ...credentials, displayName: `Zweite ${username}`, role: 'ADMINISTRATOR' })
      .expect(201);
    const { body: session } = await app.anonymous().post('/api/v1/auth/login').send(credentials).expect(200);
    return {
      id: employee.id as string,
      post: (path: string, body: object = {}) =>
        app.anonymous().post(path).set('Authorization', `Bearer ${session.accessToken}`).send(body),
    };
  };

  it.each([
    ['is locked', { active: false }],
    ['is demoted', { role: 'EMPLOYEE' }],
  ])('%s is paused, and continues in the name of the employee who resumes it', async (how, change) => {
    jest.spyOn(app.nest.get(BatchSize), 'customers', 'get').mockReturnValue(1);
    const starter = await second(how.replace(' ', '-'));
    const id = await runs.ofCustomers(3);
    await runs.work();
    await starter
      .post(`/api/v1/anonymization-runs/${id}/start`, { confirmation: 3, reason: 'ERASURE_REQUEST' })
      .expect(202);
    await runs.work();
    await (await app.as('admin')).patch(`/api/v1/employees/${starter.id}`).send(change).expect(200);
    await runs.work();
    expect(await runs.get(id)).toMatchObject({ state: 'PAUSED', counts: { anonymized: 1, ready: 2 } });
    const { rows: entries } = await app.sql.query<{ content: object }>(
      `SELECT canonical::jsonb AS content FROM audit.entry WHERE run_id = $1 ORDER BY id DESC LIMIT 1`,
      [id],
    );
    expect(entries[0]!.content).toMatchObject({
      action: 'ANONYMIZATION_RUN_PAUSED',
      actorId: null,
      actorRole: null,
      details: { cause: 'NO_ADMINISTRATOR' },
    });
    await runs.act(id, 'resume');
    await runs.workOff();
    const run = await runs.get(id);
    expect(run).toMatchObject({ state: 'COMPLETED', counts: { anonymized: 3 } });
    expect(run.startedBy).not.toBe(starter.id);
    const { rows } = await app.sql.query<{ label: string; actor: string }>(
      `SELECT regexp_replace(customer.last_name, '^.* von ', '') AS label, customer.anonymized_by AS actor
       FROM customer WHERE anonymization_run_id = $1 ORDER BY customer.id`,
      [id],
    );
    expect(rows).toEqual([
      { label: `Zweite ${how.replace(' ', '-')}`, actor: starter.id },
      { label: 'Administrator', actor: run.startedBy },
      { label: 'Administrator', actor: run.startedBy },
    ]);
  });

  it('was replaced or locked after the worker read the run claims nothing in the old name', async () => {
    const starter = await second('vorher');
    const id = await runs.ofCustomers(1);
    await runs.work();
    await starter
      .post(`/api/v1/anonymization-runs/${id}/start`, { confirmation: 1, reason: 'ERASURE_REQUEST' })
      .expect(202);
    const claim = async () => {
      const actor = { id: starter.id, displayName: 'Zweite vorher', role: Role.ADMINISTRATOR };
      const justification = { reason: 'ERASURE_REQUEST', reference: null } as const;
      const transaction = app.nest.get(TransactionRunner);
      const queue = app.nest.get(RunQueue);
      const claimed = await transaction.run(() =>
        queue.claimBatch({ id, actor, justification, isStopping: () => false }, 10),
      );
      queue.releaseItems(id, claimed);
      return claimed.length;
    };
    expect(await claim()).toBe(1);
    await starter.post(`/api/v1/anonymization-runs/${id}/pause`).expect(202);
    expect(await claim()).toBe(0);
    await starter.post(`/api/v1/anonymization-runs/${id}/resume`).expect(202);
    expect(await claim()).toBe(1);
    await runs.act(id, 'pause');
    await runs.act(id, 'resume');
    expect(await claim()).toBe(0);
    await runs.workOff();
    expect((await runs.get(id)).state).toBe('COMPLETED');
  });
});

it('a run skips a customer who was merged after the preview, and reports this everywhere', async () => {
  const app = await TestApp.start({ LETHE_WORKERS: '0' });
  try {
    const runs = new ManualRuns(app);
    const [source, target, other] = [
      await app.records.customer({ customer_number: 'SOURCE' }),
      await app.records.customer({ customer_number: 'TARGET' }),
      await app.records.customer({ customer_number: 'OTHER' }),
    ];
    const id = await runs.create({ customerIds: [source, other] });
    await runs.work();
    const admin = await app.as('admin');
    await admin.post(`/api/v1/customers/${source}/merge`).send({ intoCustomerId: target }).expect(200);
    await runs.start(id, 2);
    await runs.workOff();
    const counts = { total: 2, ready: 0, blocked: 1, anonymized: 1, failed: 0 };
    expect(await runs.get(id)).toMatchObject({ state: 'COMPLETED', counts });
    const { body } = await admin.get(`/api/v1/anonymization-runs/${id}/items?blocker=CUSTOMER_MERGED`).expect(200);
    expect(body.items).toMatchObject([{ customerId: source, state: 'BLOCKED' }]);
    const { text } = await admin.get(`/api/v1/anonymization-runs/${id}/report.csv`).expect(200);
    expect(text).toContain(`SOURCE,${source},BLOCKED,,CUSTOMER_MERGED TARGET,`);
    const { rows } = await app.sql.query<{ customer: string; blockers: string[] }>(
      `SELECT customer_id AS customer, canonical::jsonb -> 'details' -> 'blockers' AS blockers
       FROM audit.entry WHERE run_id = $1 AND action = 'ANONYMIZATION_REFUSED'`,
      [id],
    );
    expect(rows).toEqual([{ customer: source, blockers: ['CUSTOMER_MERGED'] }]);
  } finally {
    await app.stop();
  }
});

it('a run under four eyes is not resumed by its creator after another administrator started it', async () => {
  const app = await TestApp.start({ LETHE_WORKERS: '0', LETHE_FOUR_EYES: 'true' });
  try {
    const runs = new ManualRuns(app);
    const id = await runs.ofCustomers(1);
    await runs.work();
    const admin = await app.as('admin');
    const credentials = { username: 'vier', password: 'lange-genug-7' };
    await admin
      .post('/api/v1/employees')
      .send({ ...credentials, displayName: 'Vier Augen', role: 'ADMINISTRATOR' })
      .expect(201);
    const { body } = await app.anonymous().post('/api/v1/auth/login').send(credentials).expect(200);
    const asSecond = (action: string, order: object = {}) =>
      app
        .anonymous()
        .post(`/api/v1/anonymization-runs/${id}/${action}`)
        .set('Authorization', `Bearer ${body.accessToken}`)
        .send(order);
    await asSecond('start', { confirmation: 1, reason: 'ERASURE_REQUEST' }).expect(202);
    expect((await runs.act(id, 'pause')).status).toBe(202);
    expect((await runs.act(id, 'resume')).body).toMatchObject({ status: 403, code: 'FOUR_EYES_REQUIRED' });
    await asSecond('resume').expect(202);
    await runs.workOff();
    expect((await runs.get(id)).state).toBe('COMPLETED');
  } finally {
    await app.stop();
  }
});

describe('a preview', () => {
  it('expires after the configured hours, and the worker records it', async () => {
    const app = await TestApp.start({ LETHE_WORKERS: '0', LETHE_PREVIEW_HOURS: '2' });
    try {
      const runs = new ManualRuns(app);
      const storedState = async (id: string) =>
        (await app.sql.query<{ state: string }>('SELECT state FROM anonymization_run WHERE id = $1', [id])).rows[0]!
          .state;
      app.clock.set('2026-06-01T10:00:00Z');
      const id = await runs.ofCustomers(1);
      await runs.work();
      app.clock.set('2026-06-01T12:00:00Z');
      await runs.work();
      expect([(await runs.get(id)).state, await storedState(id)]).toEqual(['PREVIEWED', 'PREVIEWED']);
      app.clock.set('2026-06-01T12:00:01Z');
      expect([(await runs.get(id)).state, await storedState(id)]).toEqual(['EXPIRED', 'PREVIEWED']);
      await runs.work();
      expect([(await runs.get(id)).state, await storedState(id)]).toEqual(['EXPIRED', 'EXPIRED']);
      const { body } = await runs.act(id, 'start', { confirmation: 1, reason: 'OTHER' });
      expect(body).toMatchObject({ status: 409, code: 'PREVIEW_EXPIRED' });
      expect((await runs.act(id, 'cancel')).body).toMatchObject({ code: 'RUN_STATE_CONFLICT', state: 'EXPIRED' });
    } finally {
      await app.stop();
    }
  });
});
