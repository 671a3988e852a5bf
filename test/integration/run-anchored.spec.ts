import { RunWorker } from '../../src/modules/runs/execution/run-worker';
import { Sequencer } from '../../src/modules/audit/sequencer/sequencer';
import { ManualRuns } from '../support/runs';
import { TestApp } from '../support/test-app';

describe('a run without remaining customers', () => {
  let app: TestApp;
  let runs: ManualRuns;

  beforeAll(async () => {
    app = await TestApp.start({ LETHE_WORKERS: '0' });
    runs = new ManualRuns(app);
    await app.nest.get(Sequencer).onApplicationShutdown(); // the test writes the positions and checkpoints
  });
  afterAll(() => app?.stop());

  /** Rounds of a worker without waiting. */
  async function rounds(count: number): Promise<void> {
    for (let round = 0; round < count; round++)
      await app.nest.get(RunWorker).advanceRuns(
        () => false,
        (error) => {
          throw error;
        },
      );
  }

  const place = () =>
    app.sql.query(
      `INSERT INTO audit.position
       SELECT (SELECT coalesce(max(sequence), 0) FROM audit.position) + row_number() OVER (ORDER BY entry_id), entry_id
       FROM audit.pending;
       DELETE FROM audit.pending`,
    );
  const sign = () =>
    app.sql.query(`INSERT INTO audit.checkpoint SELECT max(sequence), 'signed', now() FROM audit.position`);
  const completions = async (runId: string) =>
    (
      await app.sql.query(
        `SELECT FROM audit.entry
         WHERE run_id = $1 AND action = 'ANONYMIZATION_RUN_COMPLETED'`,
        [runId],
      )
    ).rowCount;

  it('ends once a checkpoint covers everything it wrote to the log, and not before', async () => {
    const runId = await runs.ofCustomers(2);
    await rounds(1);
    await runs.start(runId, 2);
    await rounds(4);
    const running = { state: 'RUNNING', finishedAt: null, counts: { ready: 0, anonymized: 2 } };
    expect(await runs.get(runId)).toMatchObject(running);

    await place();
    await rounds(2);
    expect(await runs.get(runId)).toMatchObject(running);
    expect(await completions(runId)).toBe(0);

    await sign();
    await rounds(1);
    expect(await runs.get(runId)).toMatchObject({ state: 'COMPLETED', counts: { ready: 0, anonymized: 2 } });
    expect(await completions(runId)).toBe(1);
  });

  it('does not end while one of its entries has no position, however far the log is signed', async () => {
    const runId = await runs.ofCustomers(1);
    await rounds(1);
    await runs.start(runId, 1);
    await place();
    await sign();
    await rounds(4);
    expect(await runs.get(runId)).toMatchObject({ state: 'RUNNING', counts: { ready: 0, anonymized: 1 } });
    await place();
    await sign();
    await rounds(1);
    expect((await runs.get(runId)).state).toBe('COMPLETED');
  });
});
