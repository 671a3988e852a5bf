import { parseArgs } from 'node:util';
import type { ClientBase } from 'pg';
import { BenchDatabase } from '../bench-database';
import type { Answer, HttpCaller } from '../http-caller';
import { machine } from '../machine';
import { ProductProcess } from '../product-process';
import { median, quantile } from '../statistics';
import { filled } from './filled';
import { goal } from './run-report';
import { previewedRun, startRun } from './ways/product';

/** Customers outside of the run. */
const OTHERS = 500;
const IDLE_ROUNDS = 400;
const WARM_UP_ROUNDS = 50;
/** Batches that the worker processes in parallel by default. */
const LANES = 2;
const MAX_RATIO_TO_IDLE = 3;
const MAX_RATIO_TO_BATCH_TIME = 2;
/** Customers at the front of the run from which the next booking is chosen: fewer than a batch has. */
const FRONT = 100;

interface TimedCall {
  readonly kind: string;
  readonly milliseconds: number;
  readonly status: number;
}

interface Other {
  readonly id: string;
  readonly last_name: string;
}

/**
 * Measures how a clerk is affected by a run in a separate process: calls on other customers, and bookings on customers
 * of the run.
 */
export async function benchCalls(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { customers: { type: 'string', default: '20000' }, data: { type: 'string' } },
  });
  await BenchDatabase.use(values.data ?? null, async (database) => {
    console.log(await database.asAdministrator(machine));
    const customers = Number(values.customers);
    await database.fresh(await filled(database, customers));
    const server = await ProductProcess.serve(database, { environment: { LETHE_WORKERS: '0' } });
    const sql = await database.connect();
    try {
      await measure(database, server, sql, customers);
    } finally {
      await sql.end();
      await server.stop();
    }
  });
}

async function measure(database: BenchDatabase, server: ProductProcess, sql: ClientBase, customers: number) {
  const others = await leaveOut(sql);
  const [clerk, hinderer, administrator] = [
    await server.logIn('employee'),
    await server.logIn('employee'),
    await server.logIn('admin'),
  ];
  const worker = await ProductProcess.work(database);
  try {
    const runId = await previewedRun(administrator, sql);
    await callUntil(clerk, others, WARM_UP_ROUNDS, () => Promise.resolve(false));
    const idle = await callUntil(clerk, others, IDLE_ROUNDS, () => Promise.resolve(false));
    await startRun(administrator, sql, runId);
    const isOver = () => hasEnded(sql, runId);
    const [busy, bookings] = await Promise.all([
      callUntil(clerk, others, Infinity, isOver),
      bookAtTheFront(hinderer, sql, runId, isOver),
    ]);
    printCalls(customers, idle, busy);
    printBookings(bookings, await setTimes(sql, runId));
  } finally {
    await worker.stop();
  }
}

/** Takes some customers out of the selection, evenly spread. */
async function leaveOut(sql: ClientBase): Promise<Other[]> {
  const { rows } = await sql.query<Other>(
    `WITH chosen AS (
       SELECT id, last_name FROM (SELECT id, last_name, row_number() OVER (ORDER BY id) AS n, count(*) OVER () AS count FROM customer) AS c
       WHERE n % greatest(count / ${OTHERS}, 1) = 0),
     left_out AS (DELETE FROM selection_member WHERE customer_id IN (SELECT id FROM chosen))
     SELECT * FROM chosen`,
  );
  return rows;
}

/** A clerk's usual calls, one after the other. */
async function callUntil(
  caller: HttpCaller,
  others: readonly Other[],
  rounds: number,
  isOver: () => Promise<boolean>,
): Promise<TimedCall[]> {
  const calls: TimedCall[] = [];
  const timed = async (kind: string, call: () => Promise<Answer>): Promise<Answer> => {
    const start = performance.now();
    const answer = await call();
    calls.push({ kind, milliseconds: performance.now() - start, status: answer.status });
    if (answer.status >= 300) throw new Error(`${kind} answered ${answer.status}: ${answer.body}`);
    return answer;
  };
  for (let round = 0; round < rounds && !(await isOver()); round++) {
    const { id, last_name } = others[round % others.length]!;
    const { etag } = await timed('read customer', () => caller.call('GET', `/customers/${id}`));
    await timed('search', () => caller.call('POST', '/customers/search', { search: last_name, limit: 20 }));
    await timed('list addresses', () => caller.call('GET', `/customers/${id}/addresses`));
    await timed('book address', () => caller.call('POST', `/customers/${id}/addresses`, address(round)));
    await timed('change customer', () =>
      caller.call('PATCH', `/customers/${id}`, { note: `Anruf ${round}` }, { 'If-Match': etag! }),
    );
  }
  return calls;
}

const address = (round: number) => ({
  type: 'OTHER',
  street: `Hauptstraße ${round}`,
  postalCode: '70173',
  city: 'Stuttgart',
});

/**
 * Books on customers who are next, or whose batch is in flight; a refusal because they are anonymized counts as a
 * response.
 */
async function bookAtTheFront(
  caller: HttpCaller,
  sql: ClientBase,
  runId: string,
  isOver: () => Promise<boolean>,
): Promise<TimedCall[]> {
  const calls: TimedCall[] = [];
  for (let round = 0; !(await isOver()); round++) {
    const { rows } = await sql.query<{ customer_id: string }>(
      `SELECT customer_id FROM anonymization_run_item WHERE run_id = $1 AND state = 'READY' ORDER BY customer_id OFFSET $2 LIMIT 1`,
      [runId, (round * 37) % FRONT],
    );
    if (rows[0] === undefined) continue;
    const start = performance.now();
    const { status, body } = await caller.call('POST', `/customers/${rows[0].customer_id}/addresses`, address(round));
    calls.push({ kind: 'book on a customer of the batch', milliseconds: performance.now() - start, status });
    if (status !== 201 && !(status === 409 && body.includes('CUSTOMER_ANONYMIZED')))
      throw new Error(`A booking answered ${status}: ${body}`);
  }
  return calls;
}

async function hasEnded(sql: ClientBase, runId: string): Promise<boolean> {
  const { rows } = await sql.query<{ state: string }>('SELECT state FROM anonymization_run WHERE id = $1', [runId]);
  return rows[0]!.state === 'COMPLETED';
}

/**
 * Milliseconds from the start of one batch to that of the next one in the same lane; a batch starts at the instant of
 * its transaction.
 */
async function setTimes(sql: ClientBase, runId: string): Promise<number[]> {
  const { rows } = await sql.query<{ instant: Date }>(
    'SELECT DISTINCT anonymized_at AS instant FROM customer WHERE anonymization_run_id = $1 ORDER BY 1',
    [runId],
  );
  return rows.slice(LANES).map(({ instant }, index) => instant.getTime() - rows[index]!.instant.getTime());
}

function printCalls(customers: number, idle: readonly TimedCall[], busy: readonly TimedCall[]): void {
  const shown = (calls: readonly TimedCall[], kind: string) =>
    [0.5, 0.99].map((share) =>
      quantile(
        calls.filter((call) => kind === 'all' || call.kind === kind).map(({ milliseconds }) => milliseconds),
        share,
      ),
    );
  console.log(
    `\n${busy.length} calls on other customers while a run forgets ${customers}, ${idle.length} beforehand; milliseconds\n`,
  );
  console.log('| call | idle median | idle p99 | median | p99 |');
  console.log('| --- | ---: | ---: | ---: | ---: |');
  for (const kind of [...new Set(idle.map((call) => call.kind)), 'all'])
    console.log(
      `| ${kind} | ${[...shown(idle, kind), ...shown(busy, kind)].map((value) => value.toFixed(1)).join(' | ')} |`,
    );
  const ratio = shown(busy, 'all')[1]! / shown(idle, 'all')[1]!;
  console.log(
    `\n${goal('p99 while a run works to p99 idle', ratio, ratio <= MAX_RATIO_TO_IDLE, `at most ${MAX_RATIO_TO_IDLE}`)}`,
  );
}

function printBookings(bookings: readonly TimedCall[], batches: readonly number[]): void {
  const milliseconds = bookings.map((call) => call.milliseconds);
  const refused = bookings.filter(({ status }) => status === 409).length;
  const batch = median(batches);
  console.log(
    `\n${bookings.length} bookings on customers at the front of the run, ${refused} of them refused because the customer was forgotten by then:`,
  );
  console.log(
    `median ${median(milliseconds).toFixed(0)} ms, p99 ${quantile(milliseconds, 0.99).toFixed(0)} ms, longest ${Math.max(...milliseconds).toFixed(0)} ms; batch time median ${batch.toFixed(0)} ms, longest ${Math.max(...batches).toFixed(0)} ms`,
  );
  const ratio = quantile(milliseconds, 0.99) / batch;
  console.log(
    goal('p99 of them in batch times', ratio, ratio <= MAX_RATIO_TO_BATCH_TIME, `at most ${MAX_RATIO_TO_BATCH_TIME}`),
  );
}
