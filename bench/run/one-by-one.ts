import { join } from 'node:path';
import type { ClientBase } from 'pg';
import type { BenchDatabase } from '../bench-database';
import { ProductProcess } from '../product-process';
import { median, timed } from '../statistics';
import { goal } from './run-report';
import { preparedRun } from './ways/prepared-run';
import type { RecordedStatement } from './ways/statement-recorder';

const RECORDER = join(__dirname, 'ways/statement-recorder.js');
const WARM_UP = 20;
const CUSTOMERS = 200;
const MAX_RATIO = 2;

/**
 * Anonymizes one customer after the other through the API, and then, from the same initial state, executes the same
 * statements with the same parameters on one connection. The difference is the cost of HTTP, login, validation,
 * commands, redaction and sealing.
 */
export async function printOneByOne(database: BenchDatabase, purpose: string): Promise<void> {
  await database.fresh(purpose);
  const { milliseconds: api, statements } = await throughTheApi(database);
  await database.fresh(purpose);
  const byHand = await sentByHand(database, statements);
  const ratio = median(api) / median(byHand);
  console.log(
    `\none customer at a time, ${api.length} customers, ${Math.round(median(statements.map(({ length }) => length)))} statements each`,
  );
  console.log(`API: median ${median(api).toFixed(1)} ms, ${(1000 / median(api)).toFixed(0)} customers/s`);
  console.log(`same statements by hand: median ${median(byHand).toFixed(1)} ms`);
  console.log(goal('API to by hand, median', ratio, ratio <= MAX_RATIO, `at most ${MAX_RATIO}`));
}

async function throughTheApi(database: BenchDatabase) {
  const sql = await database.connect();
  const customers = await readyCustomers(sql);
  await sql.end();
  const product = await ProductProcess.serve(database, { preloaded: [RECORDER] });
  try {
    const caller = await product.logIn('admin');
    const milliseconds: number[] = [];
    for (const { id, number } of customers)
      milliseconds.push(
        await timed(() =>
          caller.post(`/customers/${id}/anonymization`, { confirmation: number, reason: 'ERASURE_REQUEST' }),
        ),
      );
    const statements = await product.ask<RecordedStatement[][]>('statements');
    return { milliseconds: milliseconds.slice(WARM_UP), statements };
  } finally {
    await product.stop();
  }
}

async function sentByHand(database: BenchDatabase, requests: readonly (readonly RecordedStatement[])[]) {
  const sql = await database.connect();
  const milliseconds: number[] = [];
  for (const statements of requests)
    milliseconds.push(
      await timed(async () => {
        for (const statement of statements) await sql.query(statement);
      }),
    );
  const { rows } = await sql.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM customer WHERE anonymized_at IS NOT NULL',
  );
  await sql.end();
  if (rows[0]!.count !== requests.length) throw new Error('Sent by hand, the statements did not anonymize everybody');
  return milliseconds.slice(WARM_UP);
}

async function readyCustomers(sql: ClientBase): Promise<{ id: string; number: string }[]> {
  const { runId } = await preparedRun(sql);
  const { rows } = await sql.query<{ id: string; number: string }>(
    `SELECT customer_id AS id, customer_number AS number FROM anonymization_run_item WHERE run_id = $1 AND state = 'READY'
     ORDER BY customer_id LIMIT ${WARM_UP + CUSTOMERS}`,
    [runId],
  );
  return rows;
}
