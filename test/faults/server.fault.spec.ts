import { setTimeout as delay } from 'node:timers/promises';
import { BreakableCluster } from './support/breakable-cluster';
import { Scenario } from './support/scenario';
import { REDACTION } from './support/statements';
import type { Point } from './support/wire-proxy';
import { until } from '../support/until';

const CUSTOMERS = 500;
const TERMINATIONS = 50;
const STOPS = 10;
const ERASES: Point = { statement: REDACTION, moment: 'BEFORE' };

describe('a database server that', () => {
  let cluster: BreakableCluster;
  let scenario: Scenario;

  beforeAll(async () => {
    cluster = await BreakableCluster.start();
    scenario = await Scenario.prepare();
  });
  afterAll(async () => {
    await scenario?.dispose();
    await cluster?.dispose();
  });

  it(`terminates the worker's sessions ${TERMINATIONS} times during a transaction`, async () => {
    const runIds: string[] = [];
    const worker = scenario.worker();
    await worker.working; // a worker that loses its connection while starting exits
    for (let terminated = 0; terminated < TERMINATIONS;) {
      const runId = await scenario.run(await scenario.customers(CUSTOMERS));
      runIds.push(runId);
      while (terminated < TERMINATIONS && !(await scenario.isOver(runId))) {
        await delay(Math.random() * 200);
        const { rows } = await scenario.sql.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename = session_user
             AND application_name = 'lethe' AND xact_start IS NOT NULL ORDER BY random() LIMIT 1`,
        );
        terminated += rows.length;
      }
      await scenario.untilOver(runId);
      expect(await scenario.counts(runId)).toEqual({ ANONYMIZED: CUSTOMERS });
    }
    expect(await scenario.checker.findings(runIds)).toEqual([]);
    expect(await worker.terminate()).toEqual({ code: 0, signal: null });
  });

  it(`is stopped immediately and restarted ${STOPS} times`, async () => {
    const runIds: string[] = [];
    const worker = scenario.worker();
    await worker.working;
    for (let stops = 0; stops < STOPS;) {
      const runId = await scenario.run(await scenario.customers(CUSTOMERS));
      runIds.push(runId);
      while (stops < STOPS && !(await scenario.isOver(runId))) {
        if (!(await aSetIsUnderWay(runId))) break;
        await delay(Math.random() * 100);
        await cluster.stopImmediately();
        stops++;
        await cluster.startAgain();
      }
      await scenario.untilOver(runId);
      expect(await scenario.counts(runId)).toEqual({ ANONYMIZED: CUSTOMERS });
      expect(await scenario.checker.findings(runIds)).toEqual([]);
    }
    expect(await worker.terminate()).toEqual({ code: 0, signal: null });
  });

  /** Waits until a batch is in flight; returns false if the run ends instead. */
  async function aSetIsUnderWay(runId: string): Promise<boolean> {
    let isUnderWay = false;
    void scenario.proxy.at(ERASES, () => {
      isUnderWay = true;
    });
    await until('a batch is under way', async () => isUnderWay || (await scenario.isOver(runId)));
    scenario.proxy.disarm();
    return isUnderWay;
  }
});
