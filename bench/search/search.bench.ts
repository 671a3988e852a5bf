import { parseArgs } from 'node:util';
import { QueryBus } from '@nestjs/cqrs';
import type { ClientBase } from 'pg';
import { SearchCustomers } from '../../src/modules/customer/queries/search-customers/search-customers.query';
import {
  type Folded,
  readingsOf,
  searchStatements,
  type Statement,
} from '../../src/modules/customer/queries/search-customers/search-statements';
import { BenchProduct } from '../bench-product';
import { machine } from '../machine';
import { median, quantile, timed } from '../statistics';
import { populate } from './population';
import { type TypedSearch, workload } from './workload';

const LIMIT = 50;
const SEARCHES_PER_KIND = 40;
const REPEATS = 3;

interface Measured extends TypedSearch {
  readonly round: number;
  readonly http: number;
  readonly handler: number;
  readonly bare: number;
}

/**
 * Measures how long a clerk waits: the same searches through HTTP, through the query handler, and as bare SQL on a
 * connection of its own, alternating, one at a time. The bare SQL is the product's own statement with prepared words,
 * and nothing else.
 */
export async function benchSearch(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { customers: { type: 'string', default: '1000000' } } });
  const customers = Number(values.customers);
  await BenchProduct.use(async (product) => {
    const owner = await product.connectAsOwner();
    const sql = await product.connect();
    console.log(await machine(sql));
    await fill(owner, customers);
    await sql.query('SET max_parallel_workers_per_gather = 0; SET jit = off'); // as the product sets them
    const searches = await workload(sql, SEARCHES_PER_KIND);
    const caller = await product.callAsEmployee();
    const queries = product.nest.get(QueryBus);

    const measured: Measured[] = [];
    for (let round = 0; round <= REPEATS; round++)
      for (const [turn, search] of searches.entries()) {
        const request = { search: search.typed, limit: LIMIT };
        const statements = await statementsOf(sql, search.typed);
        const ways = {
          http: () => caller.post('/customers/search', request),
          handler: () => queries.execute(new SearchCustomers(request)),
          bare: () => run(sql, statements),
        };
        const times = { http: 0, handler: 0, bare: 0 };
        for (const way of rotated(['http', 'handler', 'bare'] as const, turn + round))
          times[way] = await timed(ways[way]);
        if (round > 0) measured.push({ ...search, ...times, round }); // the first round warms up
      }
    print(measured, customers);
    await sql.end();
    await owner.end();
  });
}

async function fill(owner: ClientBase, customers: number): Promise<void> {
  const start = performance.now();
  const seconds = () => ((performance.now() - start) / 1000).toFixed(0);
  const { rowCount } = await owner.query('SELECT FROM customer LIMIT 1');
  if (rowCount !== 0) throw new Error('The database of LETHE_BENCH_DATABASE_URL holds customers');
  await owner.query('SET synchronous_commit = off');
  await populate(owner, customers, (done) => {
    if (done % 200_000 === 0 || done === customers) console.error(`${done} customers after ${seconds()} s`);
  });
  for (const table of ['customer', 'address', 'customer_search']) await owner.query(`VACUUM ANALYZE ${table}`);
}

/** The statements of a search, with their parameters. */
async function statementsOf(sql: ClientBase, typed: string): Promise<readonly Statement[]> {
  const { rows } = await sql.query<Folded>('SELECT search_fold($1) AS words, search_phones($1) AS phones', [typed]);
  return searchStatements(readingsOf(typed, rows[0]!), typed, 0, LIMIT + 1);
}

/** Works like the product: the second statement runs only if the first finds nothing. */
async function run(sql: ClientBase, statements: readonly Statement[]): Promise<void> {
  for (const { sql: text, parameters } of statements) {
    const { rowCount } = await sql.query(text, [...parameters]);
    if (rowCount !== 0) return;
  }
}

const rotated = <Item>(items: readonly Item[], by: number): Item[] => {
  const start = by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
};

function print(measured: readonly Measured[], customers: number): void {
  const kinds = [...new Set(measured.map(({ kind }) => kind))];
  console.log(
    `\n${customers} customers; ${kinds.length} kinds of searches, ${SEARCHES_PER_KIND} of each, ${REPEATS} rounds; milliseconds, each figure the median of the rounds\n`,
  );
  console.log('| typed | HTTP median | p95 | handler median | p95 | bare SQL median | p95 |');
  console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: |');
  for (const kind of kinds) {
    const of = measured.filter((each) => each.kind === kind);
    console.log(`| ${kind} | ${row(of).join(' | ')} |`);
  }
  console.log(`| **all** | ${row(measured).join(' | ')} |`);
  const ratio = (way: 'http' | 'handler', share: number) =>
    (overRounds(measured, way, share) / overRounds(measured, 'bare', share)).toFixed(2);
  console.log(`\nHTTP to bare SQL: median ${ratio('http', 0.5)}, p95 ${ratio('http', 0.95)}`);
  console.log(`handler to bare SQL: median ${ratio('handler', 0.5)}, p95 ${ratio('handler', 0.95)}`);
}

const row = (measured: readonly Measured[]): string[] =>
  (['http', 'handler', 'bare'] as const).flatMap((way) =>
    [0.5, 0.95].map((share) => overRounds(measured, way, share).toFixed(1)),
  );

function overRounds(measured: readonly Measured[], way: 'http' | 'handler' | 'bare', share: number): number {
  const rounds = [...new Set(measured.map(({ round }) => round))];
  return median(
    rounds.map((round) =>
      quantile(
        measured.filter((each) => each.round === round).map((each) => each[way]),
        share,
      ),
    ),
  );
}
