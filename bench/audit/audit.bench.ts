import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { ClientBase } from 'pg';
import { BenchDatabase } from '../bench-database';
import { machine } from '../machine';
import { ProductProcess } from '../product-process';
import { filled } from '../run/filled';
import { goal } from '../run/run-report';
import { product } from '../run/ways/product';
import { median, quantile } from '../statistics';
import { type Verification, verification } from './verification';

const MIN_ENTRIES_PER_SECOND = 20_000;
const MIN_VERIFIED_PER_SECOND = 50_000;
const MAX_MEGABYTES = 256;
const MIN_RATIO = 0.8;
const MAX_DELAY_MS = 2_000;
const POLL_INTERVAL_MS = 5;
const WITHOUT_SEQUENCER = join(__dirname, '../run/ways/without-sequencer.js');

/** Measures how fast the log is sequenced, signed and exported: alone, during a run, and for a single call. */
export async function benchAudit(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      entries: { type: 'string', default: '400000' },
      customers: { type: 'string', default: '20000' },
      repeats: { type: 'string', default: '3' },
      data: { type: 'string' },
    },
  });
  const repeats = Number(values.repeats);
  await BenchDatabase.use(values.data ?? null, async (database) => {
    console.log(await database.asAdministrator(machine));
    const purpose = await filled(database, Number(values.customers));
    const alone: number[] = [];
    for (let round = 0; round < repeats; round++)
      alone.push(await entriesPerSecond(database, purpose, Number(values.entries)));
    const rate = median(alone);
    console.log(
      goal('sequencer alone, entries/s', rate, rate >= MIN_ENTRIES_PER_SECOND, `at least ${MIN_ENTRIES_PER_SECOND}`),
    );
    await printVerification('database and ledger', database, [], repeats);
    await printVerification('ledger alone', database, ['--ledger', database.environment.LETHE_LEDGER_DIR!], repeats);

    const [beside, without]: [number[], number[]] = [[], []];
    for (let round = 0; round < repeats; round++) {
      beside.push(await customersPerSecond(database, purpose, []));
      without.push(await customersPerSecond(database, purpose, [WITHOUT_SEQUENCER]));
    }
    const ratio = median(beside) / median(without);
    console.log(
      `run beside the sequencer ${median(beside).toFixed(0)}, without ${median(without).toFixed(0)} customers/s`,
    );
    console.log(goal('with to without', ratio, ratio >= MIN_RATIO, `at least ${MIN_RATIO}`));

    const delay = quantile(await delays(database, purpose, 300), 0.99);
    console.log(goal('a single call in a checkpoint, p99 ms', delay, delay <= MAX_DELAY_MS, `at most ${MAX_DELAY_MS}`));
  });
}

async function printVerification(
  what: string,
  database: BenchDatabase,
  args: readonly string[],
  repeats: number,
): Promise<void> {
  const measured: Verification[] = [];
  for (let round = 0; round < repeats; round++) measured.push(await verification(database, args));
  const rate = median(measured.map(({ entriesPerSecond: each }) => each));
  const megabytes = Math.max(...measured.map(({ bytes }) => bytes)) / 1e6;
  console.log(
    goal(`${what} verified, entries/s`, rate, rate >= MIN_VERIFIED_PER_SECOND, `at least ${MIN_VERIFIED_PER_SECOND}`),
  );
  console.log(goal('  peak memory, MB', megabytes, megabytes < MAX_MEGABYTES, `below ${MAX_MEGABYTES}`));
}

/** Entries per second from the start of the product until a checkpoint covers the last pending entry. */
async function entriesPerSecond(database: BenchDatabase, purpose: string, entries: number): Promise<number> {
  await database.fresh(purpose);
  const sql = await database.connect();
  await sql.query(
    `INSERT INTO audit.entry (id, canonical)
     SELECT id, '{"action":"ANONYMIZATION_REFUSED","actorId":null,"actorRole":null,"customerId":"' || id || '","details":{"text":"' ||
       repeat('effect of the usual length ', 40) || '"},"id":"' || id || '","module":"finance","occurredAt":"' ||
       to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '","outcome":"REFUSED","runId":null}'
     FROM (SELECT gen_random_uuid() AS id FROM generate_series(1, $1)) AS ids`,
    [entries],
  );
  const server = await ProductProcess.serve(database, { environment: { LETHE_WORKERS: '0' } });
  try {
    const [first, start] = [await checkpointSize(sql), performance.now()];
    const { rows } = await sql.query<{ n: number }>('SELECT count(*)::float8 AS n FROM audit.entry');
    while ((await checkpointSize(sql)) < rows[0]!.n) await sleep(POLL_INTERVAL_MS);
    return ((rows[0]!.n - first) / (performance.now() - start)) * 1000;
  } finally {
    await sql.end();
    await server.stop();
  }
}

async function customersPerSecond(database: BenchDatabase, purpose: string, preloaded: string[]): Promise<number> {
  await database.fresh(purpose);
  const { customers, seconds } = await product({ preloaded })(database);
  return customers / seconds;
}

/** Milliseconds from the commit of an entry until a checkpoint covers it, on an idle product. */
async function delays(database: BenchDatabase, purpose: string, calls: number): Promise<number[]> {
  await database.fresh(purpose);
  const server = await ProductProcess.serve(database);
  const sql = await database.connect();
  const caller = await server.logIn('admin');
  const measured: number[] = [];
  try {
    const { rows } = await sql.query<{ id: string; number: string }>(
      `SELECT id, customer_number AS number FROM customer WHERE anonymized_at IS NULL ORDER BY id LIMIT $1`,
      [calls],
    );
    for (const { id, number } of rows) {
      const body = { confirmation: number, reason: 'ERASURE_REQUEST' };
      if ((await caller.call('POST', `/customers/${id}/anonymization`, body)).status !== 200) continue; // blocked
      const start = performance.now();
      const { rows: last } = await sql.query<{ n: number }>('SELECT count(*)::float8 AS n FROM audit.entry');
      while ((await checkpointSize(sql)) < last[0]!.n) await sleep(POLL_INTERVAL_MS);
      measured.push(performance.now() - start);
    }
  } finally {
    await sql.end();
    await server.stop();
  }
  return measured;
}

async function checkpointSize(sql: ClientBase): Promise<number> {
  const { rows } = await sql.query<{ size: number }>(
    'SELECT coalesce(max(size), 0)::float8 AS size FROM audit.checkpoint',
  );
  return rows[0]!.size;
}
