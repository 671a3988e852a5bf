import { readFile } from 'node:fs/promises';
import type { ClientBase } from 'pg';
import type { BenchDatabase } from '../../bench-database';
import { dataMapInForce } from './data-map-in-force';
import { preparedRun, type PreparedRun } from './prepared-run';
import { grown, type Way } from './way';

/** As many sessions as the product has lanes. */
const LANES = 2;
/** Customers per transaction; from 250 to 2,000 it makes little difference. */
const CUSTOMERS_PER_BATCH = 500;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** The same anonymization in SQL alone. */
export const reference: Way = handWritten(
  'CALL pg_temp.anonymize_run($1, $2, $3, $4, $5, $6, $7, $8, $9)',
  ({ runId, actorId, label, today, months }, dataMap) => [runId, actorId, label, today, months, dataMap],
);

/** Only the rows, without checks and entries. */
export const floor: Way = handWritten(
  'CALL pg_temp.erase_only($1, $2, $3, $4, $5, $6, $7)',
  ({ runId, actorId, label, today }) => [runId, actorId, label, today],
);

function handWritten(call: string, parametersOf: (run: PreparedRun, dataMap: string) => unknown[]): Way {
  return async (database) => {
    const sql = await database.connect();
    const run = await preparedRun(sql);
    const parameters = parametersOf(run, await dataMapInForce(database));
    const ranges = await rangesOf(sql, run.runId);
    await allowWithoutProof(database);
    const lanes = await Promise.all(ranges.map(() => laneOf(database)));
    const wal = await database.walPosition();
    const before = await database.processorTime();
    const start = performance.now();
    await Promise.all(
      lanes.map((lane, index) => lane.query(call, [...parameters, ...ranges[index]!, CUSTOMERS_PER_BATCH])),
    );
    const seconds = (performance.now() - start) / 1000;
    const processor = { database: grown(before, await database.processorTime()) };
    const walBytes = await database.walSince(wal);
    const { rows } = await sql.query<{ customers: number }>(
      'SELECT count(*)::int AS customers FROM customer WHERE anonymized_at IS NOT NULL',
    );
    for (const client of [sql, ...lanes]) await client.end();
    return { customers: rows[0]!.customers, seconds, walBytes, processor };
  };
}

/** Disables the check that audit entries prove an anonymization, because the floor writes none. */
async function allowWithoutProof(database: BenchDatabase): Promise<void> {
  const owner = await database.connectAsOwner();
  await owner.query('ALTER TABLE customer DISABLE TRIGGER prove_anonymization');
  await owner.end();
}

async function laneOf(database: BenchDatabase) {
  const lane = await database.connect();
  await lane.query("SET jit = off; SET plan_cache_mode = force_generic_plan; SET lock_timeout = '5s'");
  await lane.query(await readFile('bench/reference.sql', 'utf8')); // commands run in the project's folder
  return lane;
}

/** Divides the READY items into ranges of the same size: after this id, up to that one. */
async function rangesOf(sql: ClientBase, runId: string): Promise<readonly (readonly [string, string])[]> {
  const { rows } = await sql.query<{ ends: string[] }>(
    `SELECT percentile_disc($2::float8[]) WITHIN GROUP (ORDER BY customer_id) AS ends FROM anonymization_run_item WHERE run_id = $1 AND state = 'READY'`,
    [runId, Array.from({ length: LANES }, (_, lane) => (lane + 1) / LANES)],
  );
  const { ends } = rows[0]!;
  return ends.map((end, lane) => [ends[lane - 1] ?? FIRST_ID, end]);
}
