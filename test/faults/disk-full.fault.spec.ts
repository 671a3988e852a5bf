import { SmallDisk } from './support/small-disk';
import { Scenario } from './support/scenario';
import { until } from '../support/until';

const CUSTOMERS = 400;

/** The audit log is on a disk of its own, which fills up after a few batches. */
describe('a full disk', () => {
  let disk: SmallDisk;
  let scenario: Scenario;

  beforeAll(async () => {
    scenario = await Scenario.prepare();
    disk = await SmallDisk.under('audit.entry', scenario.app.database.superuser);
  });
  afterAll(async () => {
    await scenario?.dispose();
    await disk?.dispose();
  });

  it('makes the run wait, fails no customer, and lets the run continue when there is space', async () => {
    const runId = await scenario.run(await scenario.customers(CUSTOMERS));
    const worker = scenario.worker();
    const failures = () => worker.log.split('\n').filter((line) => line.includes('run_advance_failed'));
    await until('the run has met the full disk again and again', () => failures().length >= 4);
    for (const line of failures()) expect(JSON.parse(line)).toMatchObject({ runId, error: { code: '53100' } });
    const { FAILED = 0, READY = 0 } = await scenario.counts(runId);
    expect(FAILED).toBe(0);
    expect(READY).toBeGreaterThan(0);

    await disk.grow();
    await scenario.untilOver(runId);
    expect(await scenario.counts(runId)).toEqual({ ANONYMIZED: CUSTOMERS });
    expect(await scenario.checker.findings([runId])).toEqual([]);
    expect(await worker.terminate()).toEqual({ code: 0, signal: null });
  });
});
