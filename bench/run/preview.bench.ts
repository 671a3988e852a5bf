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

const LEAST = 0.8;
/** Short beside the preview of 10,000. */
const POLL_MS = 10;

interface Preview {
  readonly seconds: number;
  /** the items by state, with what stands in the way */
  readonly verdicts: string;
}

/** How fast the members of a selection are judged, beside one hand-written statement that does the same. */
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
    for (const customers of values.customers.split(',').map(Number)) {
      const purpose = await filled(database, customers);
      const product: Preview[] = [];
      const byHand: Preview[] = [];
      for (let round = 0; round < Number(values.repeats); round++) {
        await database.fresh(purpose);
        product.push(await previewByTheProduct(database));
        await database.fresh(purpose);
        byHand.push(await previewByHand(database));
      }
      const [expected, ...others] = new Set([...product, ...byHand].map(({ verdicts }) => verdicts));
      if (others.length > 0) throw new Error(`The previews differ:\n${expected}\n${others.join('\n')}`);
      const rate = (previews: readonly Preview[]) => customers / median(previews.map(({ seconds }) => seconds));
      console.log(`\npreview of ${customers} customers: ${expected}`);
      console.log(`product: ${rate(product).toFixed(0)} customers/s`);
      console.log(`one hand-written statement: ${rate(byHand).toFixed(0)} customers/s`);
      const ratio = rate(product) / rate(byHand);
      console.log(goal('product to by hand', ratio, ratio >= LEAST, `at least ${LEAST}`));
    }
  });
}

async function previewByTheProduct(database: BenchDatabase): Promise<Preview> {
  const server = await ProductProcess.serve(database);
  const sql = await database.connect();
  try {
    const caller = await server.logIn('admin');
    const start = performance.now();
    const runId = await previewedRun(caller, sql, POLL_MS);
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

/** Each blocker counts, by a sum that does not depend on the order of the items. */
async function verdictsOf(sql: ClientBase, runId: string): Promise<string> {
  const { rows } = await sql.query<{ verdicts: string }>(
    `SELECT string_agg(state || ' ' || count || ' (' || coalesce(blockers, 0) || ')', ', ' ORDER BY state) AS verdicts
     FROM (
       SELECT state, count(*) AS count, sum(hashtextextended(customer_id || blockers::jsonb::text, 0)) AS blockers
       FROM anonymization_run_item WHERE run_id = $1 GROUP BY state) AS by_state`,
    [runId],
  );
  return rows[0]!.verdicts;
}
