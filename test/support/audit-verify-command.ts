import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { CompiledSources } from './compiled-sources';
import type { TestApp } from './test-app';

/** `npm run audit:verify` in a process of its own, for the database, ledger and keys of an application. */
export class AuditVerifyCommand {
  private readonly sources = new CompiledSources('audit-verify', ['src', 'migrations']);

  constructor(private readonly app: TestApp) {}

  async run(...parameters: string[]): Promise<{ exitCode: number; shown: string; complaints: string }> {
    const { host, port, user, password, database } = this.app.database.superuser;
    const child = spawn(process.execPath, [join(this.sources.dir, 'src/cli/audit-verify.js'), ...parameters], {
      env: {
        PATH: process.env.PATH,
        DATABASE_URL: `postgres://${user}:${encodeURIComponent(password!)}@${host}:${port}/${database}`,
        LETHE_DATA_DIR: this.app.config.dataFolder,
      },
    });
    const [shown, complaints, [exitCode]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit') as Promise<[number]>,
    ]);
    return { exitCode, shown, complaints };
  }

  remove(): void {
    this.sources.remove();
  }
}
