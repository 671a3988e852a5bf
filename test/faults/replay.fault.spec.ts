import { DataMap } from '../../src/modules/data-map';
import { CompiledSources } from '../support/compiled-sources';
import { RestorableShop } from '../support/restorable-shop';
import { Checker } from './support/checker';
import { WireProxy } from './support/wire-proxy';
import { WorkerProcess } from './support/worker-process';

const KILLS = 20;
const CUSTOMERS = 500;
/**
 * Moments (statements about to be sent, sent, answered) while a replay starts and processes two to three chunks. They
 * are counted, not timed.
 */
const LAST_MOMENT = 500;
/** Longest delay of a kill in milliseconds, so that some kills hit the server while it executes a statement. */
const MAX_PAUSE_MS = 20;

/** Loads the product before it receives its command, because loading takes longer than starting. */
const PROGRAM = `
require('./src/app/replay');
process.on('disconnect', () => process.exit(1)); // nothing outlives the test
process.once('message', (environment) => {
  Object.assign(process.env, environment);
  process.argv.splice(2, process.argv.length, 'erasure-replay', environment.LETHE_LEDGER_DIR);
  require('./src/cli/run-command');
});
`;

describe(`SIGKILL at random moments of a replay, ${KILLS} times`, () => {
  let sources: CompiledSources;
  let program: string;
  let shop: RestorableShop;
  let proxy: WireProxy;
  let runId: string;
  let names: ReadonlyMap<string, string>;
  let map: DataMap;
  const processes: WorkerProcess[] = [];

  beforeAll(async () => {
    sources = new CompiledSources('replay', ['src', 'migrations']);
    program = sources.add('warm-replay.js', PROGRAM);
    shop = await RestorableShop.open();
    await shop.serve();
    map = shop.dataMap;
    const population = await shop.population();
    const customerIds = await population.customers(CUSTOMERS);
    await population.fill(customerIds);
    const untouched = await population.customers(5);
    await population.fill(untouched);
    names = population.names;
    await new Checker(await shop.sql(), map, names).remember([...customerIds, ...untouched]);
    await shop.anchored();
    await shop.backUp();
    await shop.serve();
    runId = await shop.anonymizeAll(customerIds);
    await shop.anchored();
    const { host, port } = shop.database.superuser;
    proxy = await WireProxy.start({ host: host!, port: port! });
  });
  afterAll(async () => {
    for (const started of processes) started.kill();
    proxy?.stop();
    await shop?.dispose();
    sources?.remove();
  });

  it('ends as if no process had been killed', async () => {
    const before = await logged();
    let killed = 0;
    for (let restores = 0; killed < KILLS; restores++) {
      if (restores > KILLS) throw new Error('A replay is never met at work');
      await shop.restore();
      killed += await killUntilDone(KILLS - killed);
      expect(await replayed()).toBe(0);
      expect((await logged()).slice(0, before.length)).toEqual(before);
      expect(await new Checker(await shop.sql(), map, names).findings([runId])).toEqual([]);
      // the ledger also contains earlier replays, whose entries are restored as well
      expect(
        await shop.query(
          `SELECT count(*)::int AS entries, count(DISTINCT (content ->> 'customerId', content ->> 'module'))::int AS told
           FROM audit.entry WHERE content ->> 'action' = 'ERASURE_REPLAYED'`,
        ),
      ).toEqual([{ entries: 5 * CUSTOMERS * (restores + 1), told: 5 * CUSTOMERS }]);
    }
    process.stderr.write(`replays killed: ${killed}\n`);
  });

  /** Kills replays until one completes; returns the number killed. */
  async function killUntilDone(most: number): Promise<number> {
    for (let killed = 0; killed < most; killed++) {
      const replay = start();
      const moment = new Promise<'REACHED'>((resolve) =>
        proxy.afterMoments(Math.ceil(Math.random() * LAST_MOMENT), () => resolve('REACHED')),
      );
      if ((await Promise.race([moment, replay.exited])) !== 'REACHED') return killed;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * MAX_PAUSE_MS));
      replay.kill();
      const { signal } = await replay.exited;
      proxy.disarm();
      if (signal !== 'SIGKILL') return killed;
    }
    return most;
  }

  /** Runs a replay without killing it; returns its exit code. */
  async function replayed(): Promise<number | null> {
    const replay = start();
    const { code } = await replay.exited;
    if (code !== 0) process.stderr.write(replay.log);
    return code;
  }

  function start(): WorkerProcess {
    const { user, password, database } = shop.database.superuser;
    const replay = new WorkerProcess(program);
    processes.push(replay);
    replay.begin({
      DATABASE_URL: `postgres://${user}:${password}@127.0.0.1:${proxy.port}/${database}`,
      LETHE_DATA_DIR: shop.config.dataFolder,
      LETHE_LEDGER_DIR: shop.config.ledgerFolder,
    });
    return replay;
  }

  const logged = async (): Promise<string[]> =>
    (
      await shop.query<{ canonical: string }>(
        'SELECT e.canonical FROM audit.position p JOIN audit.entry e ON e.id = p.entry_id ORDER BY p.sequence',
      )
    ).map(({ canonical }) => canonical);
});
