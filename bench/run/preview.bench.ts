import { parseArgs } from 'node:util';
import type { ClientBase } from 'pg';
import { BenchDatabase } from '../bench-database';
import { machine } from '../machine';
import { ProductProcess } from '../product-process';
import { median } from '../statistics';
import { filled } from './filled';
import { goal } from './run-report';
import { preparedRun } from './ways/prepared-run';
import { previewedRun } from './ways/product';

const MIN_RATIO = 0.8;
/** Time without statistics of the selection, as a multiple of that with them. */
const MAX_RATIO_WITHOUT_STATISTICS = 1.3;
/** Time for ten times the members. */
const MAX_RATIO_FOR_TEN_TIMES = 12;
/** Short compared with the preview of 10,000. */
const POLL_INTERVAL_MS = 10;

interface Preview {
  readonly seconds: number;
  /** the items by state, with their blockers, and the number of members in the selection's name */
  readonly verdicts: string;
}

/**
 * Measures how fast the members of a selection saved a moment ago are checked, compared with the same with statistics
 * of its members, and with one hand-written statement that does the same with statistics.
 */
export async function benchPreview(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      customers: { type: 'string', default: '10000' },
      repeats: { type: 'string', default: '3' },
      data: { type: 'string' },
    },
  });
  await BenchDatabase.use(values.data ?? null, async (database) => {
    console.log(await database.asAdministrator(machine));
    let smaller: Size | undefined;
    for (const customers of values.customers.split(',').map(Number)) {
      const purpose = await filled(database, customers);
      const fresh: Preview[] = [];
      const analyzed: Preview[] = [];
      const byHand: Preview[] = [];
      for (let round = 0; round < Number(values.repeats); round++) {
        await database.fresh(purpose);
        fresh.push(await previewByTheProduct(database));
        await database.fresh(purpose);
        await analyze(database);
        analyzed.push(await previewByTheProduct(database));
        await database.fresh(purpose);
        await analyze(database);
        byHand.push(await previewByHand(database));
      }
      const [expected, ...others] = new Set([...fresh, ...analyzed, ...byHand].map(({ verdicts }) => verdicts));
      if (others.length > 0) throw new Error(`The previews differ:\n${expected}\n${others.join('\n')}`);
      const time = (previews: readonly Preview[]) => median(previews.map(({ seconds }) => seconds));
      const rate = (previews: readonly Preview[]) => (customers / time(previews)).toFixed(0);
      console.log(`\npreview of ${customers} customers: ${expected}`);
      console.log(`product, selection saved a moment ago: ${rate(fresh)} customers/s, ${time(fresh).toFixed(2)} s`);
      console.log(`product, with statistics: ${rate(analyzed)} customers/s`);
      console.log(`one hand-written statement, with statistics: ${rate(byHand)} customers/s`);
      const statistics = time(fresh) / time(analyzed);
      const most = `at most ${MAX_RATIO_WITHOUT_STATISTICS}`;
      console.log(
        goal('time without to with statistics', statistics, statistics <= MAX_RATIO_WITHOUT_STATISTICS, most),
      );
      const ratio = time(byHand) / time(fresh);
      console.log(goal('product to by hand', ratio, ratio >= MIN_RATIO, `at least ${MIN_RATIO}`));
      if (smaller !== undefined) printGrowth(smaller, { customers, seconds: time(fresh) });
      smaller = { customers, seconds: time(fresh) };
    }
  });
}

interface Size {
  readonly customers: number;
  readonly seconds: number;
}

/** Checks the goal for ten times the members; for other sizes it is scaled. */
function printGrowth(smaller: Size, larger: Size): void {
  const times = larger.seconds / smaller.seconds;
  const members = larger.customers / smaller.customers;
  const most = (MAX_RATIO_FOR_TEN_TIMES * members) / 10;
  console.log(goal(`time for ${members} times the members`, times, times <= most, `at most ${most}`));
}

async function analyze(database: BenchDatabase): Promise<void> {
  const owner = await database.connectAsOwner();
  await owner.query('ANALYZE selection_member');
  await owner.end();
}

async function previewByTheProduct(database: BenchDatabase): Promise<Preview> {
  const server = await ProductProcess.serve(database);
  const sql = await database.connect();
  try {
    const caller = await server.logIn('admin');
    const start = performance.now();
    const runId = await previewedRun(caller, sql, POLL_INTERVAL_MS);
    return { seconds: (performance.now() - start) / 1000, verdicts: await verdictsOf(sql, runId) };
  } finally {
    await sql.end();
    await server.stop();
  }
}

async function previewByHand(database: BenchDatabase): Promise<Preview> {
  const sql = await database.connect();
  const { runId, previewSeconds } = await preparedRun(sql);
  const verdicts = await verdictsOf(sql, runId);
  await sql.end();
  return { seconds: previewSeconds, verdicts };
}

/**
 * Summarizes every blocker by a sum that does not depend on the order of the items, and the members that the
 * selection's name contains.
 */
async function verdictsOf(sql: ClientBase, runId: string): Promise<string> {
  const { rows } = await sql.query<{ verdicts: string }>(
    `SELECT string_agg(state || ' ' || count || ' (' || coalesce(blockers, 0) || ')', ', ' ORDER BY state)
       || ', named ' || (SELECT named_in_selection FROM anonymization_run WHERE id = $1) AS verdicts
     FROM (
       SELECT state, count(*) AS count, sum(hashtextextended(customer_id || blockers::jsonb::text, 0)) AS blockers
       FROM anonymization_run_item
       WHERE run_id = $1
       GROUP BY state) AS by_state`,
    [runId],
  );
  return rows[0]!.verdicts;
}
