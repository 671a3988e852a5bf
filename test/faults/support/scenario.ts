import { type Client, Pool } from 'pg';
import { RunWorker } from '../../../src/modules/runs/execution/run-worker';
import { DataMap } from '../../../src/modules/data-map';
import { Population } from '../../support/customer-rows';
import { finishedRun } from '../../support/runs';
import { TestApp } from '../../support/test-app';
import { Checker } from './checker';
import { WireProxy } from './wire-proxy';
import type { WorkerProcess } from './worker-process';
import { WorkerProgram } from './worker-program';
import { until } from '../../support/until';

/**
 * A database with customers who have every kind of record, runs over them, and worker processes that connect to the
 * database through a proxy. The serving process works on no run.
 */
export class Scenario {
  private readonly program = new WorkerProgram();

  private constructor(
    readonly app: TestApp,
    readonly proxy: WireProxy,
    private readonly pool: Pool,
    private readonly population: Population,
    readonly checker: Checker,
  ) {}

  /** @param settings as for {@link TestApp.start} */
  static async prepare(settings: readonly string[] = []): Promise<Scenario> {
    const app = await TestApp.start({ LETHE_WORKERS: '0' }, settings);
    app.sql.on('error', () => undefined); // a test may stop the server, which closes this connection
    const { superuser } = app.database;
    const pool = new Pool({ ...superuser, max: 1 }).on('error', () => undefined);
    const map = app.nest.get(DataMap);
    const population = await Population.of(asClient(pool), map.allCustomerTables);
    const proxy = await WireProxy.start({ host: superuser.host!, port: superuser.port! });
    return new Scenario(app, proxy, pool, population, new Checker(asClient(pool), map, population.names));
  }

  /** A superuser's connection past the product, which reconnects after a restart of the server. */
  get sql(): Client {
    return asClient(this.pool);
  }

  /** Creates customers whose records only the product will change. */
  async customers(count: number): Promise<string[]> {
    const customerIds = await this.strangers(count);
    await this.checker.remember(customerIds);
    return customerIds;
  }

  /** Creates customers whose records other programs write to as well. */
  async strangers(count: number): Promise<string[]> {
    const customerIds = await this.population.customers(count);
    await this.population.fill(customerIds);
    return customerIds;
  }

  /** Previews and starts a run over these customers. */
  async run(customerIds: readonly string[]): Promise<string> {
    return this.start(await this.preview(customerIds), customerIds.length);
  }

  preview(customerIds: readonly string[]): Promise<string> {
    return this.previewOf({ customerIds });
  }

  /** Previews and starts a run over a selection that includes every customer. */
  async runOverAll(count: number): Promise<string> {
    const { rows } = await this.sql.query<{ id: string }>('SELECT max(id) AS id FROM selection');
    return this.start(await this.previewOf({ selectionId: rows[0]!.id }), count);
  }

  private async previewOf(subject: object): Promise<string> {
    const admin = await this.app.as('admin');
    const { body } = await admin.post('/api/v1/anonymization-runs').send(subject).expect(202);
    await this.app.nest.get(RunWorker).advanceRuns(
      () => false,
      (error) => {
        throw error;
      },
    );
    await finishedRun(admin, body.id, 'PREVIEWED');
    return body.id;
  }

  async start(runId: string, ready: number): Promise<string> {
    const admin = await this.app.as('admin');
    const order = { confirmation: ready, reason: 'ERASURE_REQUEST', reference: 'T-1' };
    await admin.post(`/api/v1/anonymization-runs/${runId}/start`).send(order).expect(202);
    return runId;
  }

  /** Starts a worker process that connects through the proxy. */
  worker({ lanes = 2, parameters = '' } = {}): WorkerProcess {
    const { user, password, database } = this.app.database.superuser;
    return this.program.start({
      DATABASE_URL: `postgres://${user}:${password}@127.0.0.1:${this.proxy.port}/${database}${parameters}`,
      LETHE_DATA_DIR: this.app.config.dataFolder,
      LETHE_WORKERS: String(lanes),
    });
  }

  /** Counts the items of the run by state. */
  async counts(runId: string): Promise<Record<string, number>> {
    const { rows } = await this.sql.query<{ state: string; count: number }>(
      'SELECT state, count(*)::int AS count FROM anonymization_run_item WHERE run_id = $1 GROUP BY state',
      [runId],
    );
    return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
  }

  async isOver(runId: string): Promise<boolean> {
    this.program.assertNoneFailed();
    const { rows } = await this.sql.query<{ state: string }>('SELECT state FROM anonymization_run WHERE id = $1', [
      runId,
    ]);
    return rows[0]!.state === 'COMPLETED';
  }

  untilOver(...runIds: readonly string[]): Promise<void> {
    return until('the run is over', async () => {
      for (const runId of runIds) if (!(await this.isOver(runId))) return false;
      return true;
    });
  }

  /** Waits until the server has noticed that no worker is connected. */
  withoutWorkers(): Promise<void> {
    const ofWorkers = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND usename = session_user
      AND application_name IN ('lethe', 'lethe-sequencer')`;
    return until('no worker is connected', async () => (await this.sql.query(ofWorkers)).rows.length === 0);
  }

  async dispose(): Promise<void> {
    this.program.dispose();
    this.proxy.stop();
    await this.pool.end();
    await this.app.stop();
  }
}

/** A pool of one is a client that reconnects by itself. */
const asClient = (pool: Pool): Client => pool as unknown as Client;
