import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { CompiledSources } from './compiled-sources';

const PROGRAM = `
const { EmbeddedPostgres } = require('./src/libraries/embedded-postgres');
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

/** Runs the launcher in separate processes, which a test may kill. */
export class LauncherProgram {
  private readonly sources = new CompiledSources('launcher', ['src/libraries/embedded-postgres']);
  private readonly program = this.sources.add('program.js', PROGRAM);
  private readonly children: ChildProcess[] = [];

  async open(options: object): Promise<Opening & { readonly child: ChildProcess }> {
    const child = spawn(process.execPath, [this.program, JSON.stringify(options)], {
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
    this.sources.remove();
  }
}
