import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { ClientBase } from 'pg';
import { BenchDatabase } from '../bench-database';
import { machine } from '../machine';
import { ProductProcess } from '../product-process';
import { median } from '../statistics';
import { filled } from './filled';
import { goal } from './run-report';
import { previewedRun, startRun } from './ways/product';

const MAX_SECONDS = 5;
const POLL_INTERVAL_MS = 10;

/**
 * Measures how soon a killed product resumes a run by itself: from the start of the process to the next committed
 * batch.
 */
export async function benchResume(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      customers: { type: 'string', default: '20000' },
      kills: { type: 'string', default: '10' },
      data: { type: 'string' },
    },
  });
  await BenchDatabase.use(values.data ?? null, async (database) => {
    console.log(await database.asAdministrator(machine));
    await database.fresh(await filled(database, Number(values.customers)));
    const seconds = await killedAndStarted(database, Number(values.kills));
    console.log(
      `\nkilled ${seconds.length} times in the midst of a run; seconds from the start of the process to its first batch: median ${median(seconds).toFixed(1)}`,
    );
    const longest = Math.max(...seconds);
    console.log(goal('longest', longest, longest <= MAX_SECONDS, `at most ${MAX_SECONDS}`));
  });
}

async function killedAndStarted(database: BenchDatabase, kills: number): Promise<number[]> {
  let product = await ProductProcess.serve(database);
  const sql = await database.connect();
  try {
    const caller = await product.logIn('admin');
    const runId = await previewedRun(caller, sql);
    await startRun(caller, sql, runId);
    const seconds: number[] = [];
    for (let kill = 0; kill < kills; kill++) {
      await moreThan(sql, runId, await done(sql, runId));
      await product.kill();
      const before = await done(sql, runId);
      const start = performance.now();
      product = await ProductProcess.serve(database);
      await moreThan(sql, runId, before);
      seconds.push((performance.now() - start) / 1000);
    }
    return seconds;
  } finally {
    await sql.end();
    await product.stop();
  }
}

async function moreThan(sql: ClientBase, runId: string, count: number): Promise<void> {
  while ((await done(sql, runId)) <= count) await sleep(POLL_INTERVAL_MS);
}

async function done(sql: ClientBase, runId: string): Promise<number> {
  const { rows } = await sql.query<{ done: number; isRunning: boolean }>(
    `SELECT (SELECT count(*)::int FROM anonymization_run_item WHERE run_id = $1 AND state = 'ANONYMIZED') AS done, state = 'RUNNING' AS "isRunning"
     FROM anonymization_run WHERE id = $1`,
    [runId],
  );
  if (!rows[0]!.isRunning) throw new Error('The run is over; measure with more customers');
  return rows[0]!.done;
}
