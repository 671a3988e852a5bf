import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { CompiledSources } from './compiled-sources';
import { noteInSink } from './sinks';

/** Runs `npm run rehearse` in a separate process, on import folders that a test writes. */
export class Rehearsal {
  private readonly sources = new CompiledSources('rehearse', ['src', 'migrations']);
  private readonly folders: string[] = [];

  /** @param files lines by the file's name without its extension */
  async of(
    files: Readonly<Record<string, readonly string[]>>,
    ...parameters: readonly string[]
  ): Promise<{ exitCode: number; shown: string; complaints: string }> {
    const folder = mkdtempSync(join(tmpdir(), 'lethe-folder-'));
    this.folders.push(folder);
    for (const [name, lines] of Object.entries(files))
      writeFileSync(join(folder, `${name}.csv`), `${lines.join('\n')}\n`);
    const child = spawn(
      process.execPath,
      [join(this.sources.dir, 'src/cli/run-command.js'), 'rehearse', folder, ...parameters],
      {
        env: { PATH: process.env.PATH },
      },
    );
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
    for (const folder of this.folders) rmSync(folder, { recursive: true });
  }
}
