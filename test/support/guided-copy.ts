import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Options, transformSync } from '@swc/core';

const PROJECT = join(__dirname, '../..');

/** Serves the copy on a database that it migrates itself, and sends the port to its parent. */
const PROGRAM = `
require('reflect-metadata');
const { NestFactory } = require('@nestjs/core');
const { AppModule } = require('./src/app/app.module');
const { configureApp } = require('./src/app/app.setup');
const { BootstrapEmployees } = require('./src/modules/employee');
const { LetheConfig } = require('./src/platform/config/lethe-config');
const { migrate } = require('./src/platform/database/migrate');
const { passwordOf } = require('./src/platform/database/roles');

process.once('message', async ({ host, port, password, database, environment }) => {
  const as = (role) => ({ host, port, user: role, password: passwordOf(role, password), database, role });
  await migrate(as('lethe_migrator'));
  const access = { as, weaknesses: [], onLost: () => undefined, stop: () => Promise.resolve() };
  const app = await NestFactory.create(AppModule.of(LetheConfig.from(environment), access), { bodyParser: false, bufferLogs: true });
  configureApp(app);
  await app.get(BootstrapEmployees).createFirstEmployees();
  await app.listen(0, '127.0.0.1');
  process.send({ address: 'http://127.0.0.1:' + app.getHttpServer().address().port });
  process.once('message', () => app.close().then(() => process.disconnect()));
});
`;

export interface CopyDatabase {
  readonly host?: string;
  readonly port?: number;
  /** the superuser's password */
  readonly password?: string;
  readonly database?: string;
}

/** A copy of the product, changed as a guide says, in a separate process. */
export class GuidedCopy {
  private readonly dir = join(PROJECT, 'node_modules/.cache', `lethe-guide-${process.pid}`);
  private child?: ChildProcess;

  /** @param more files and folders besides the sources */
  constructor(...more: readonly string[]) {
    for (const name of ['src', 'migrations', '.dependency-cruiser.cjs', ...more])
      cpSync(join(PROJECT, name), join(this.dir, name), { recursive: true });
  }

  write(path: string, content: string): void {
    mkdirSync(dirname(join(this.dir, path)), { recursive: true });
    writeFileSync(join(this.dir, path), content);
  }

  edit(path: string, change: (content: string) => string): void {
    this.write(path, change(readFileSync(join(this.dir, path), 'utf8')));
  }

  /** Runs a program of the copy once the copy is served; returns its exit status and output. */
  run(...command: readonly string[]): { readonly status: number | null; readonly output: string } {
    const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: this.dir, encoding: 'utf8' });
    return { status, output: `${stdout}${stderr}` };
  }

  /** @returns its address */
  async serve(database: CopyDatabase, environment: Readonly<Record<string, string>>): Promise<string> {
    this.compile();
    this.write('program.js', PROGRAM);
    this.child = spawn(process.execPath, [join(this.dir, 'program.js')], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.child.send({ ...database, environment });
    const ended = once(this.child, 'exit').then(([code]) => {
      throw new Error(`The copy ended with code ${code} before it served.`);
    });
    const [{ address }] = (await Promise.race([once(this.child, 'message'), ended])) as [{ address: string }];
    ended.catch(() => undefined); // it ends later, when the test disposes of it
    return address;
  }

  async dispose(): Promise<void> {
    if (this.child?.connected === true) {
      this.child.send('stop');
      await once(this.child, 'exit');
    }
    rmSync(this.dir, { recursive: true, force: true });
  }

  private compile(): void {
    const swc = JSON.parse(readFileSync(join(PROJECT, '.swcrc'), 'utf8')) as Options;
    for (const path of ['src', 'migrations'].flatMap((name) => typescriptBelow(join(this.dir, name)))) {
      const { code } = transformSync(readFileSync(path, 'utf8'), {
        ...swc,
        swcrc: false,
        sourceMaps: false,
        filename: path,
      });
      writeFileSync(path.replace(/\.ts$/, '.js'), code);
    }
  }
}

function typescriptBelow(path: string): string[] {
  if (!statSync(path).isDirectory()) return path.endsWith('.ts') ? [path] : [];
  return readdirSync(path).flatMap((name) => typescriptBelow(join(path, name)));
}
