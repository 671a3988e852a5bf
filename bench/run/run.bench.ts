import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BenchDatabase } from '../bench-database';
import { besideBusyProcesses } from '../busy-processes';
import { machine } from '../machine';
import { endStateOf, requireSameEnd } from './end-state';
import { filled } from './filled';
import { printOneByOne } from './one-by-one';
import { type Measured, printGrowth, printSize } from './run-report';
import { entityByEntity } from './ways/entity-by-entity';
import { floor, reference } from './ways/hand-written';
import { product } from './ways/product';
import type { Measurement, Way } from './ways/way';

const BARE = join(__dirname, 'ways/bare-product.js');
const UNPROVEN = join(__dirname, 'ways/unproven.js');

/** One customer at a time is not a run: it is measured separately. */
const ONE_BY_ONE = 'api';

/** Variants that do the whole anonymization for all customers: they must leave the same end state. */
const WHOLE: readonly string[] = ['product', 'slow', 'unproven', 'bare', 'reference'];

const waysOf = (separateWorker: boolean, roundTripMs: number): Readonly<Record<string, Way>> => ({
  product: product({ separateWorker }),
  slow: product({ separateWorker, roundTripMs }),
  unproven: product({ separateWorker, preloaded: [UNPROVEN] }),
  bare: product({ separateWorker, preloaded: [BARE] }),
  reference,
  floor,
  typeorm: entityByEntity,
});

/** Measures how fast a selection is anonymized, compared with hand-written SQL and a typical implementation. */
export async function benchRun(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      customers: { type: 'string', default: '10000' },
      ways: { type: 'string' },
      repeats: { type: 'string', default: '3' },
      worker: { type: 'string', default: 'server' },
      'round-trip': { type: 'string', default: '5' },
      busy: { type: 'string', default: '0' },
      data: { type: 'string' },
    },
  });
  const all = waysOf(values.worker === 'process', Number(values['round-trip']));
  const names = values.ways?.split(',') ?? [...Object.keys(all), ONE_BY_ONE];
  const ways = names.filter((name) => name !== ONE_BY_ONE).map((name) => ({ name, way: wayNamed(all, name) }));
  await BenchDatabase.use(values.data ?? null, async (database) => {
    console.log(await database.asAdministrator(machine));
    const sizes: { customers: number; measured: Measured }[] = [];
    for (const customers of values.customers.split(',').map(Number)) {
      const measured = await measure(database, customers, ways, values);
      if (ways.length > 0) printSize(customers, measured);
      if (names.includes(ONE_BY_ONE)) await printOneByOne(database, await filled(database, customers));
      sizes.push({ customers, measured });
    }
    printGrowth(sizes);
  });
}

interface NamedWay {
  readonly name: string;
  readonly way: Way;
}

/** Measures all variants in alternation, each from the same initial state, in another order each time. */
async function measure(
  database: BenchDatabase,
  customers: number,
  ways: readonly NamedWay[],
  { repeats, busy }: { readonly repeats: string; readonly busy: string },
): Promise<Measured> {
  const purpose = await filled(database, customers);
  const measured = new Map<string, Measurement[]>(ways.map(({ name }) => [name, []]));
  const ends = new Map<string, readonly string[]>();
  for (let round = 0; round < Number(repeats); round++)
    for (const { name, way } of rotated(ways, round)) {
      await database.fresh(purpose);
      const measurement = await besideBusyProcesses(Number(busy), () => way(database));
      measured.get(name)!.push(measurement);
      console.error(
        `${name} ${(measurement.customers / measurement.seconds).toFixed(0)}/s (${measurement.customers} customers, ${measurement.seconds.toFixed(1)} s)`,
      );
      if (round === 0 && WHOLE.includes(name)) ends.set(name, await endOf(database));
    }
  requireSameEnd(ends);
  return measured;
}

async function endOf(database: BenchDatabase): Promise<readonly string[]> {
  const owner = await database.connectAsOwner();
  try {
    return await endStateOf(owner);
  } finally {
    await owner.end();
  }
}

function wayNamed(ways: Readonly<Record<string, Way>>, name: string): Way {
  const way = ways[name];
  if (way === undefined) throw new Error(`--ways: some of ${Object.keys(ways).join(',')},${ONE_BY_ONE}`);
  return way;
}

const rotated = <Item>(items: readonly Item[], by: number): Item[] => {
  const start = by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
};
