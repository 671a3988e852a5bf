import { Scenario } from './support/scenario';
import type { WorkerProcess } from './support/worker-process';

const KILLS = 100;
const CUSTOMERS_PER_RUN = 500;
/**
 * Moments (statements about to be sent, sent, answered) until the last kill: about 70 while a worker starts and 160 for
 * each batch of its two lanes. They are counted, not timed, so a fast machine is killed at the same points as a slow
 * one.
 */
const LAST_MOMENT = 440;
/** Longest delay of a kill in milliseconds, so that some kills hit the server while it executes a statement. */
const MAX_PAUSE_MS = 4;

/**
 * Kills worker processes at random, from their first statement on, and starts the next at once until the runs have
 * ended.
 */
describe(`SIGKILL at random moments, ${KILLS} times`, () => {
  let scenario: Scenario;

  beforeAll(async () => {
    scenario = await Scenario.prepare();
  });
  afterAll(() => scenario?.dispose());

  it.each([
    { processes: 1, kills: Math.ceil(KILLS / 2) },
    { processes: 2, kills: Math.floor(KILLS / 2) },
  ])(
    'leaves no customer half anonymized, with $processes workers',
    async ({ processes, kills }) => {
      const runIds: string[] = [];
      let killed = 0;
      while (killed < kills) {
        const runId = await scenario.run(await scenario.customers(CUSTOMERS_PER_RUN));
        runIds.push(runId);
        const workers: WorkerProcess[] = [];
        while (killed < kills && !(await scenario.isOver(runId))) {
          while (workers.length < processes) workers.push(scenario.worker());
          await reach(Math.ceil(Math.random() * LAST_MOMENT), Math.random() * MAX_PAUSE_MS);
          if (await scenario.isOver(runId)) break;
          await kill(workers.shift()!);
          killed++;
        }
        workers.push(scenario.worker());
        await scenario.untilOver(runId);
        for (const worker of workers) await kill(worker);
        expect(await scenario.checker.findings(runIds)).toEqual([]);
      }
      process.stderr.write(`random kills: ${killed} in the midst of ${runIds.length} runs, ${processes} at work\n`);
    },
    900_000, // each kill costs loading another process: minutes on a busy machine
  );

  async function reach(moments: number, rest: number): Promise<void> {
    await new Promise<void>((resolve) => scenario.proxy.afterMoments(moments, resolve));
    await new Promise((resolve) => setTimeout(resolve, rest));
  }

  async function kill(worker: WorkerProcess): Promise<void> {
    worker.kill();
    await worker.exited;
  }
});
