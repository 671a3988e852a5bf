import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { ClientBase } from 'pg';
import { BenchDatabase, PASSWORD } from '../bench-database';
import type { HttpCaller } from '../http-caller';
import { machine } from '../machine';
import { ProductProcess } from '../product-process';
import { filled } from '../run/filled';
import { goal } from '../run/run-report';
import { median, quantile } from '../statistics';
import { ATTACK_NAMES, type Order } from './attacker';
import { insertHostileRecord } from './hostile-record';

const CUSTOMERS = 2_000;
const ATTACKER = { username: 'attacker', displayName: 'Attacker' } as const;
const REPEATS = 3;
const SECONDS = 5;
/** Pause of an employee between calls. */
const PAUSE_MS = 5;
const MAX_DELAY_MS = 100;
const HOSTILE_RECORDS = 5;

interface Bystanders {
  readonly clerk: HttpCaller;
  readonly administrator: HttpCaller;
  readonly customerIds: readonly string[];
}

/** Measures how long others wait during hostile requests, or during a run with hostile records. */
export async function benchHostile(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { data: { type: 'string' } } });
  await BenchDatabase.use(values.data ?? null, async (database) => {
    console.log(await database.asAdministrator(machine));
    await database.fresh(await filled(database, CUSTOMERS));
    const server = await ProductProcess.serve(database);
    const sql = await database.connect();
    try {
      await measure(server, sql);
    } finally {
      await sql.end();
      await server.stop();
    }
  });
}

async function measure(server: ProductProcess, sql: ClientBase): Promise<void> {
  const { rows } = await sql.query<{ id: string }>('SELECT id FROM customer ORDER BY id LIMIT 100');
  const administrator = await server.logIn('admin');
  const people = { clerk: await server.logIn('employee'), administrator, customerIds: rows.map(({ id }) => id) };
  const runId = await newRun(administrator, sql, []);
  const port = Number(new URL(server.address).port);
  // callers have limits of their own, so an attacker only delays itself
  await administrator.post('/employees', { ...ATTACKER, role: 'ADMINISTRATOR', password: PASSWORD });
  const { token } = await server.logIn(ATTACKER.username);
  await waitingTimes(people, delay(2_000));

  console.log(`\np99 of other calls in ms, ${REPEATS} times ${SECONDS} s without and ${SECONDS} s with, medians\n`);
  console.log('| what is sent | without | with | more |');
  console.log('| --- | ---: | ---: | ---: |');
  const delays: number[] = [];
  for (const attack of ATTACK_NAMES)
    delays.push(await compare(attack, people, () => under({ attack, port, token, runId })));
  delays.push(
    await compare(`a run with ${HOSTILE_RECORDS} hostile records`, people, () => hostileRun(administrator, sql)),
  );
  console.log(
    `\n${goal('p99 of other calls with the worst, minus p99 without, ms', Math.max(...delays), Math.max(...delays) <= MAX_DELAY_MS, `at most ${MAX_DELAY_MS}`)}`,
  );
}

/** Returns the increase of the p99 in milliseconds. */
async function compare(name: string, people: Bystanders, begin: () => Promise<Ordeal>): Promise<number> {
  const [without, during]: [number[], number[]] = [[], []];
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    without.push(quantile(await waitingTimes(people, delay(SECONDS * 1_000)), 0.99));
    const ordeal = await begin();
    during.push(quantile(await waitingTimes(people, ordeal.over), 0.99));
    await ordeal.end();
    await delay(1_000);
  }
  const [before, after] = [median(without), median(during)];
  console.log(`| ${name} | ${before.toFixed(1)} | ${after.toFixed(1)} | ${(after - before).toFixed(1)} |`);
  return after - before;
}

interface Ordeal {
  readonly over: Promise<unknown>;
  end(): Promise<void>;
}

async function under(order: Order): Promise<Ordeal> {
  const attacker = fork(join(__dirname, 'attacker.js'), { stdio: 'inherit' });
  attacker.send(order);
  await delay(500);
  return {
    over: delay(SECONDS * 1_000),
    end: async () => {
      const exit = once(attacker, 'exit');
      attacker.kill('SIGKILL');
      await exit;
    },
  };
}

async function hostileRun(administrator: HttpCaller, sql: ClientBase): Promise<Ordeal> {
  const { rows } = await sql.query<{ id: string }>('INSERT INTO selection (name) VALUES ($1) RETURNING id', [
    'Hostile',
  ]);
  for (let n = 0; n < HOSTILE_RECORDS; n++) await insertHostileRecord(sql, `H${Date.now()}${n}`, rows[0]!.id);
  const runId = await newRun(administrator, sql, [], rows[0]!.id);
  const order = { confirmation: HOSTILE_RECORDS, reason: 'OTHER' };
  await administrator.post(`/anonymization-runs/${runId}/start`, order);
  return { over: hasReached(sql, runId, 'COMPLETED'), end: () => report(sql, runId) };
}

/** Reports hostile records that were not anonymized; the product promises that there are none. */
async function report(sql: ClientBase, runId: string): Promise<void> {
  const { rows } = await sql.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM anonymization_run_item WHERE run_id = $1 AND state <> 'ANONYMIZED'`,
    [runId],
  );
  if (rows[0]!.count > 0) console.log(`${rows[0]!.count} of ${HOSTILE_RECORDS} hostile records were not anonymized`);
}

async function newRun(administrator: HttpCaller, sql: ClientBase, members: readonly string[], selectionId?: string) {
  const body =
    selectionId === undefined ? { selectionId: await newSelection(administrator, members) } : { selectionId };
  const { id } = JSON.parse(await administrator.post('/anonymization-runs', body)) as { id: string };
  await hasReached(sql, id, 'PREVIEWED');
  return id;
}

async function newSelection(administrator: HttpCaller, customerIds: readonly string[]): Promise<string> {
  const answer = await administrator.post('/selections', { name: 'Nobody', customerIds });
  return (JSON.parse(answer) as { id: string }).id;
}

async function hasReached(sql: ClientBase, runId: string, state: string): Promise<void> {
  for (;;) {
    const { rows } = await sql.query<{ state: string }>('SELECT state FROM anonymization_run WHERE id = $1', [runId]);
    if (rows[0]!.state === state) return;
    await delay(50);
  }
}

/** Milliseconds of each call of working employees, until it is over. */
async function waitingTimes(
  { clerk, administrator, customerIds }: Bystanders,
  over: Promise<unknown>,
): Promise<number[]> {
  const times: number[] = [];
  let isOver = false;
  const stop = over.then(() => (isOver = true));
  const work = async (call: (round: number) => Promise<{ readonly status: number }>) => {
    for (let round = 0; !isOver; round++) {
      const start = performance.now();
      const { status } = await call(round);
      times.push(performance.now() - start);
      if (status >= 300) throw new Error(`A call of somebody at work was answered ${status}`);
      await delay(PAUSE_MS);
    }
  };
  await Promise.all([
    stop,
    work((round) => clerk.call('GET', `/customers/${customerIds[round % customerIds.length]}`)),
    work(() => clerk.call('POST', '/customers/search', { search: 'schmidt', limit: 20 })),
    work(() => administrator.call('GET', '/auth/me')),
    work(() => administrator.call('GET', '/health/ready')),
  ]);
  return times;
}
