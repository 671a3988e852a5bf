import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type BenchDatabase, PASSWORD } from './bench-database';
import { HttpCaller } from './http-caller';
import { processorTimeOf } from './processor-time';

const PROGRAMS = join(__dirname, '../src');
const REMOTE_CONTROL = join(__dirname, 'remote-control.js');

interface Options {
  /** modules loaded before the product, for what only the benchmark needs */
  readonly preloaded?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** The product as started for production, in a separate process that ends with this one. */
export class ProductProcess {
  private constructor(
    private readonly child: ChildProcess,
    /** what it printed once it was started */
    private readonly greeting: string,
  ) {}

  static serve(database: BenchDatabase, options: Options = {}): Promise<ProductProcess> {
    return ProductProcess.start('main.js', database, options);
  }

  static work(database: BenchDatabase, options: Options = {}): Promise<ProductProcess> {
    return ProductProcess.start('worker.js', database, options);
  }

  private static async start(
    program: string,
    database: BenchDatabase,
    { preloaded = [], environment = {} }: Options,
  ): Promise<ProductProcess> {
    const child = fork(join(PROGRAMS, program), {
      execArgv: ['--enable-source-maps', ...[REMOTE_CONTROL, ...preloaded].flatMap((module) => ['--require', module])],
      env: {
        PATH: process.env.PATH,
        PORT: '0',
        LETHE_LOG_LEVEL: 'error',
        ...database.environment,
        ...environment,
      },
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    return new ProductProcess(child, await greetingOf(child));
  }

  /** A caller of the API, logged in. */
  logIn(username: 'admin' | 'employee' | 'compliance' | 'attacker'): Promise<HttpCaller> {
    return HttpCaller.logIn(Number(new URL(this.address).port), username, PASSWORD);
  }

  get address(): string {
    return /http:\/\/localhost:\d+/.exec(this.greeting)![0];
  }

  /** Its peak memory in bytes. */
  async peakMemory(): Promise<number> {
    return (await this.ask<number>('peak memory')) * 1024;
  }

  /** Its processor time in seconds; null if unknown. */
  processorTime(): number | null {
    return processorTimeOf(this.child.pid!);
  }

  /** Asks a preloaded module. */
  async ask<Answer>(question: string): Promise<Answer> {
    const answer = once(this.child, 'message') as Promise<[Answer]>;
    this.child.send(question);
    return (await answer)[0];
  }

  stop(): Promise<void> {
    return this.end('SIGTERM');
  }

  /** Kills it, as a failure of the machine does. */
  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exit = once(this.child, 'exit');
    this.child.kill(signal);
    await exit;
  }
}

/** Resolves when the product is started. */
async function greetingOf(child: ChildProcess): Promise<string> {
  let printed = '';
  child.stdout!.setEncoding('utf8');
  return new Promise((resolve, reject) => {
    child.stdout!.on('data', (text: string) => {
      if (printed.includes('\n'))
        process.stderr.write(text); // an error message
      else printed += text;
      if (printed.includes('\n')) resolve(printed);
    });
    child.once('exit', (code) => reject(new Error(`The product ended with exit code ${code} before it was up`)));
    child.once('error', reject);
  });
}
