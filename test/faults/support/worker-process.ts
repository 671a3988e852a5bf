import { spawn, type ChildProcess } from 'node:child_process';
import { noteInSink } from '../../support/sinks';

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export class WorkerProcess {
  readonly exited: Promise<Exit>;
  /** Resolves when the worker logs that it has started. */
  readonly working: Promise<void>;
  /** everything it has logged */
  log = '';
  private readonly child: ChildProcess;
  private mayEnd = false;

  constructor(program: string) {
    this.child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    this.exited = new Promise((resolve) => this.child.once('exit', (code, signal) => resolve({ code, signal })));
    this.working = new Promise((resolve, reject) => {
      const hear = (chunk: Buffer) => {
        this.log += chunk.toString();
        noteInSink(`worker-log-${this.child.pid}`, chunk.toString());
        if (this.log.includes('Worker started')) resolve();
      };
      this.child.stdout!.on('data', hear);
      this.child.stderr!.on('data', hear);
      void this.exited.then(() => reject(new Error(`The worker has ended:\n${this.log}`)));
    });
    this.working.catch(() => undefined); // most workers are killed; a caller that awaits `working` still sees the failure
  }

  get isAlive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** @throws Error with its log if it ended without being stopped */
  assertNotFailed(): void {
    if (!this.mayEnd && !this.isAlive) throw new Error(`A worker has ended by itself:\n${this.log}`);
  }

  begin(environment: Readonly<Record<string, string>>): void {
    this.child.send({ LETHE_LOG_LEVEL: 'debug', ...environment });
  }

  kill(): void {
    this.mayEnd = true;
    this.child.kill('SIGKILL');
  }

  /** Sends SIGTERM, as an operator does. */
  terminate(): Promise<Exit> {
    this.mayEnd = true;
    this.child.kill('SIGTERM');
    return this.exited;
  }
}
