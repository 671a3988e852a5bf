import { AlarmWorker } from '../../src/modules/metrics/alarms/alarm-worker';
import { CheckpointAlarm } from '../../src/modules/metrics/alarms/checkpoint-alarm';
import { RunAlarm } from '../../src/modules/metrics/alarms/run-alarm';
import { LogStandings } from '../../src/modules/metrics/log-standings';
import { RunStandings } from '../../src/modules/metrics/run-standings';
import { HealthSignals } from '../../src/platform/health/health-signals';
import { ManualRuns } from '../support/runs';
import { TestApp } from '../support/test-app';
import { until } from '../support/until';

const STALE = 'AUDIT_CHECKPOINT_STALE';
const STALLED = 'RUN_STALLED';

describe('the alarm of a stale checkpoint', () => {
  let app: TestApp;
  let health: HealthSignals;
  let alarm: CheckpointAlarm;
  /** of the entry that has waited longest */
  let writtenAt: number;
  let before: number;
  let after: number;

  /** The test takes the sequencer's lock before the product does, so that nothing is sequenced. */
  beforeAll(async () => {
    before = Date.now();
    app = await TestApp.start({}, ['SELECT pg_advisory_lock(7337003)']);
    after = Date.now();
  });

  afterAll(() => app.stop());

  beforeEach(async () => {
    health = new HealthSignals();
    const standings = app.nest.get(LogStandings);
    alarm = new CheckpointAlarm(standings, app.clock, health);
    writtenAt = (await standings.oldestUncovered())!.writtenAt.getTime();
  });

  afterEach(() => app.clock.set(null));

  const lookAt = async (milliseconds: number) => {
    app.clock.set(new Date(writtenAt + milliseconds).toISOString());
    await alarm.look();
    return health.warnings;
  };

  it('the instant of an entry is when it was written', () => {
    expect(writtenAt).toBeGreaterThanOrEqual(before);
    expect(writtenAt).toBeLessThanOrEqual(after);
  });

  it('is raised when an entry waits for more than a minute', async () => {
    expect(await lookAt(30_000)).toEqual([]);
    expect(await lookAt(60_000)).toEqual([]);
    expect(await lookAt(60_001)).toEqual([STALE]);
  });

  it('is not raised when an entry is first seen, because it may have been committed late', async () => {
    expect(await lookAt(3_600_000)).toEqual([]);
    expect(await lookAt(3_600_000)).toEqual([STALE]);
  });

  it('is among the warnings of health', async () => {
    app.clock.set(new Date(writtenAt + 60_001).toISOString());
    const worker = app.nest.get(AlarmWorker);
    await until('there is an alarm', async () => {
      worker.wake();
      return (await warnings()).includes(STALE);
    });
  });

  it('is also raised by entries with a position, and cleared when a checkpoint covers them', async () => {
    await app.sql.query(
      `INSERT INTO audit.position SELECT row_number() OVER (ORDER BY entry_id), entry_id FROM audit.pending; DELETE FROM audit.pending`,
    );
    expect(await lookAt(60_001)).toEqual([]);
    expect(await lookAt(60_001)).toEqual([STALE]);
    const { rowCount } = await app.sql.query(
      `INSERT INTO audit.checkpoint SELECT max(sequence), 'signed', now() FROM audit.position`,
    );
    expect(rowCount).toBe(1);
    expect(await lookAt(60_002)).toEqual([]);
  });

  const warnings = async () =>
    ((await app.anonymous().get('/api/v1/health/ready').expect(200)).body as { warnings: string[] }).warnings;
});

describe('the alarm of a stalled run', () => {
  const MINUTE_MS = 60_000;
  let app: TestApp;
  let runs: ManualRuns;
  let health: HealthSignals;
  let alarm: RunAlarm;
  let startedAt: number;

  beforeAll(async () => {
    app = await TestApp.start({ LETHE_WORKERS: '0' });
    runs = new ManualRuns(app);
  });

  afterAll(() => app.stop());

  beforeEach(() => {
    startedAt = Date.now();
    app.clock.set(new Date(startedAt).toISOString());
    health = new HealthSignals();
    alarm = new RunAlarm(app.nest.get(RunStandings), app.clock, health);
  });

  afterEach(() => app.clock.set(null));

  const lookAfter = async (minutes: number) => {
    at(minutes);
    await alarm.look();
    return health.warnings;
  };

  const at = (minutes: number) => app.clock.set(new Date(startedAt + minutes * MINUTE_MS).toISOString());

  async function startedRun(): Promise<string> {
    const run = await runs.ofCustomers(2);
    await runs.workOff();
    await runs.start(run, 2);
    return run;
  }

  it('is raised after ten minutes without progress, and cleared when the run continues', async () => {
    const run = await startedRun();
    expect(await lookAfter(10)).toEqual([]);
    expect(await lookAfter(10.01)).toEqual([STALLED]);
    const { rows } = await app.sql.query<{ id: string }>(
      `SELECT customer_id AS id FROM anonymization_run_item WHERE run_id = $1 ORDER BY 1 LIMIT 1`,
      [run],
    );
    // another session locks the other customer, so that the run makes progress and does not end
    const holder = await app.database.look();
    await holder.query('BEGIN');
    await holder.query('SELECT FROM customer WHERE id = $1 FOR UPDATE', [rows[0]!.id]);
    await runs.work();
    await holder.query('ROLLBACK');
    expect((await runs.get(run)).counts).toMatchObject({ ready: 1, anonymized: 1 });
    expect(await lookAfter(20)).toEqual([]);
    expect(await lookAfter(20.02)).toEqual([STALLED]);
    // the run retries the locked customer after a moment
    await until('the run ends', async () => {
      await runs.workOff();
      return (await runs.get(run)).state === 'COMPLETED';
    });
    expect(await lookAfter(40)).toEqual([]);
  });

  it('is not raised by a paused run, and only ten minutes after it is resumed', async () => {
    const run = await startedRun();
    await runs.act(run, 'pause');
    expect(await lookAfter(60)).toEqual([]);
    await runs.act(run, 'resume');
    expect(await lookAfter(70)).toEqual([]);
    expect(await lookAfter(70.01)).toEqual([STALLED]);
    await runs.workOff();
    expect(await lookAfter(80)).toEqual([]);
  });

  it('does not count the time in which no process was running', async () => {
    await startedRun();
    at(60);
    alarm = new RunAlarm(app.nest.get(RunStandings), app.clock, health);
    expect(await lookAfter(70)).toEqual([]);
    expect(await lookAfter(70.01)).toEqual([STALLED]);
    await runs.workOff();
  });

  it('is not raised by a run that waits for an employee', async () => {
    await runs.ofCustomers(1);
    await runs.workOff();
    expect(await lookAfter(600)).toEqual([]);
  });
});
