import { CompiledSources } from '../../support/compiled-sources';
import { WorkerProcess } from './worker-process';

/**
 * Loading takes longer than starting: the process loads everything, then waits for the command to run the product's own
 * worker.ts.
 */
const PROGRAM = `
require('./src/app/app.module');
process.on('disconnect', () => process.exit(1)); // nothing outlives the test
process.once('message', (environment) => {
  Object.assign(process.env, environment);
  require('./src/worker');
});
`;

/** Runs `npm run worker` as often as a test wants, with the next process loaded in advance. */
export class WorkerProgram {
  private readonly sources = new CompiledSources('worker', ['src', 'migrations']);
  private readonly program = this.sources.add('warm-worker.js', PROGRAM);
  private readonly started: WorkerProcess[] = [];
  private spare: WorkerProcess | undefined;

  /** @param environment the worker's settings */
  start(environment: Readonly<Record<string, string>>): WorkerProcess {
    const worker = this.spare ?? this.load();
    this.spare = this.load();
    worker.begin(environment);
    return worker;
  }

  /** @throws Error if a worker ended by itself, because nothing that a test waits for will then happen */
  assertNoneFailed(): void {
    for (const worker of this.started) worker.assertNotFailed();
  }

  dispose(): void {
    for (const worker of this.started) worker.kill();
    this.sources.remove();
  }

  private load(): WorkerProcess {
    const worker = new WorkerProcess(this.program);
    this.started.push(worker);
    return worker;
  }
}
