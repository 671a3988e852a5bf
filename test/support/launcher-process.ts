import { transformSync, type Options } from '@swc/core';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const PROJECT = join(__dirname, '../..');
const SOURCES = ['src/platform/database/embedded', 'src/kernel/domain-error.ts'];

const PROGRAM = `
const { EmbeddedPostgres } = require('./src/platform/database/embedded');
EmbeddedPostgres.open(JSON.parse(process.argv[2])).then(
  (postgres) => {
    process.send({ opened: true, adopted: postgres.adopted });
    postgres.onExit((reason) => process.send({ exit: reason }));
    process.on('message', () => postgres.stop().then(() => process.disconnect()));
  },
  (error) => process.send({ opened: false, code: error.code ?? error.message }, () => process.disconnect()),
);
`;

export interface Opening {
  readonly opened: boolean;
  readonly adopted?: boolean;
  readonly code?: string;
}

/**
 * The launcher in processes of their own, which a test may kill. They cannot load TypeScript, so the launcher is compiled into a folder
 * below node_modules, where its packages are found.
 */
export class LauncherProgram {
  private readonly dir = join(PROJECT, 'node_modules/.cache', `lethe-launcher-${process.pid}`);
  private readonly children: ChildProcess[] = [];

  constructor() {
    const swc = JSON.parse(readFileSync(join(PROJECT, '.swcrc'), 'utf8')) as Options;
    for (const source of SOURCES.flatMap(typescriptBelow)) {
      const target = join(this.dir, source.replace(/\.ts$/, '.js'));
      const { code } = transformSync(readFileSync(join(PROJECT, source), 'utf8'), {
        ...swc,
        swcrc: false,
        sourceMaps: false,
      });
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, code);
    }
    writeFileSync(join(this.dir, 'program.js'), PROGRAM);
  }

  async open(options: object): Promise<Opening & { readonly child: ChildProcess }> {
    const child = spawn(process.execPath, [join(this.dir, 'program.js'), JSON.stringify(options)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.children.push(child);
    const [opening] = (await once(child, 'message')) as [Opening];
    return { ...opening, child };
  }

  async stop(child: ChildProcess): Promise<void> {
    child.send('stop');
    await once(child, 'exit');
  }

  dispose(): void {
    for (const child of this.children) child.kill('SIGKILL');
    rmSync(this.dir, { recursive: true, force: true });
  }
}

function typescriptBelow(path: string): string[] {
  if (!statSync(join(PROJECT, path)).isDirectory()) return [path];
  return readdirSync(join(PROJECT, path)).flatMap((name) => typescriptBelow(`${path}/${name}`));
}
