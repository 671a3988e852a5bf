import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientBase } from 'pg';
import type { HttpCaller } from '../../http-caller';
import type { BenchDatabase } from '../../bench-database';
import { ProductProcess } from '../../product-process';
import { grown, type Measurement, type Way } from './way';

const POLL_INTERVAL_MS = 250;

interface Options {
  readonly preloaded?: readonly string[];
  /** in a separate process next to the serving one */
  readonly separateWorker?: boolean;
  /** added to each round trip to the database */
  readonly roundTripMs?: number;
}

/** The product's run, through its API and its real worker. */
export const product =
  ({ roundTripMs = 0, ...options }: Options): Way =>
  (database) =>
    roundTripMs === 0
      ? measured(database, options, {})
      : database.slowed(roundTripMs, (environment) => measured(database, options, environment));

async function measured(
  database: BenchDatabase,
  { preloaded, separateWorker = false }: Options,
  environment: Readonly<Record<string, string>>,
): Promise<Measurement> {
  const server = await ProductProcess.serve(database, {
    preloaded,
    environment: separateWorker ? { ...environment, LETHE_WORKERS: '0' } : environment,
  });
  const worker = separateWorker ? await ProductProcess.work(database, { preloaded, environment }) : server;
  const sql = await database.connect();
  try {
    const caller = await server.logIn('admin');
    const runId = await previewedRun(caller, sql);
    const wal = await database.walPosition();
    const [databaseBefore, productBefore] = [await database.processorTime(), worker.processorTime()];
    await startRun(caller, sql, runId);
    await state(sql, runId, 'COMPLETED');
    const processor = {
      database: grown(databaseBefore, await database.processorTime()),
      product: grown(productBefore, worker.processorTime()),
    };
    return {
      ...(await outcome(sql, runId)),
      walBytes: await database.walSince(wal),
      processor,
      peakMemory: await worker.peakMemory(),
    };
  } finally {
    await sql.end();
    if (separateWorker) await worker.stop();
    await server.stop();
  }
}

/** Previews a run over the only selection. */
export async function previewedRun(caller: HttpCaller, sql: ClientBase, pollMs = POLL_INTERVAL_MS): Promise<string> {
  const { id } = JSON.parse(await caller.post('/anonymization-runs', { selectionId: '1' })) as { id: string };
  await state(sql, id, 'PREVIEWED', pollMs);
  return id;
}

export async function startRun(caller: HttpCaller, sql: ClientBase, runId: string): Promise<void> {
  const { rows } = await sql.query<{ ready: number }>(
    `SELECT count(*)::int AS ready FROM anonymization_run_item WHERE run_id = $1 AND state = 'READY'`,
    [runId],
  );
  await caller.post(`/anonymization-runs/${runId}/start`, {
    confirmation: rows[0]!.ready,
    reason: 'RETENTION_EXPIRED',
  });
}

/** Reads only the run's row: counting a million items repeatedly would be work that the run does not cause. */
async function state(sql: ClientBase, runId: string, awaited: string, pollMs = POLL_INTERVAL_MS): Promise<void> {
  for (;;) {
    const { rows } = await sql.query<{ state: string }>('SELECT state FROM anonymization_run WHERE id = $1', [runId]);
    if (rows[0]!.state === awaited) return;
    await sleep(pollMs);
  }
}

async function outcome(sql: ClientBase, runId: string): Promise<Pick<Measurement, 'customers' | 'seconds'>> {
  const { rows } = await sql.query<{ customers: number; failed: number; seconds: number }>(
    `SELECT count(*) FILTER (WHERE i.state = 'ANONYMIZED')::int AS customers, count(*) FILTER (WHERE i.state = 'FAILED')::int AS failed,
       extract(epoch FROM r.finished_at - r.started_at)::float8 AS seconds
     FROM anonymization_run r JOIN anonymization_run_item i ON i.run_id = r.id WHERE r.id = $1 GROUP BY r.id`,
    [runId],
  );
  const { customers, failed, seconds } = rows[0]!;
  if (failed > 0) throw new Error(`${failed} customers failed`);
  return { customers, seconds };
}
