import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { CompiledSources } from './compiled-sources';
import { noteInSink } from './sinks';
import type { TestApp } from './test-app';

/** Runs one of the product's commands in separate processes, with the database, ledger and keys of an application. */
export class ProductCommand {
  private readonly sources: CompiledSources;

  /** @param name the name of its file in src/cli/commands, such as `erasure-scan` */
  constructor(private readonly name: string) {
    this.sources = new CompiledSources(name, ['src', 'migrations']);
  }

  async run(
    { database, config }: Pick<TestApp, 'database' | 'config'>,
    parameters: readonly string[],
    input = '',
    environment: Readonly<Record<string, string>> = {},
  ): Promise<{ exitCode: number; shown: string; complaints: string }> {
    const { host, port, user, password, database: name } = database.superuser;
    const child = spawn(
      process.execPath,
      [join(this.sources.dir, 'src/cli/run-command.js'), this.name, ...parameters],
      {
        env: {
          PATH: process.env.PATH,
          DATABASE_URL: `postgres://${user}:${encodeURIComponent(password!)}@${host}:${port}/${name}`,
          LETHE_DATA_DIR: config.dataFolder,
          ...environment,
        },
      },
    );
    child.stdin.end(input);
    const [shown, complaints, [exitCode]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit') as Promise<[number]>,
    ]);
    noteInSink('commands', shown + complaints);
    return { exitCode, shown, complaints };
  }

  remove(): void {
    this.sources.remove();
  }
}
