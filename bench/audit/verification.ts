import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { BenchDatabase } from '../bench-database';

const PROGRAM = join(__dirname, '../../src/cli/run-command.js');
const REPORT_PEAK_MEMORY = join(__dirname, 'report-peak-memory.js');

export interface Verification {
  /** of the whole command, including its start */
  readonly entriesPerSecond: number;
  /** peak memory */
  readonly bytes: number;
}

/** Measures `npm run audit:verify` on the current log of the database, which must be sound. */
export async function verification(database: BenchDatabase, args: readonly string[]): Promise<Verification> {
  const start = performance.now();
  const child = spawn(process.execPath, ['--require', REPORT_PEAK_MEMORY, PROGRAM, 'audit-verify', ...args], {
    env: { PATH: process.env.PATH, ...database.environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const [exitCode] = (await once(child, 'close')) as [number];
  const seconds = (performance.now() - start) / 1000;
  const [, entries] = /^entries: (\d+)$/m.exec(printed) ?? [];
  const [, kilobytes] = /^peak: (\d+)$/m.exec(printed) ?? [];
  if (exitCode !== 0 || entries === undefined || kilobytes === undefined) throw new Error(`Not sound: ${printed}`);
  return { entriesPerSecond: Number(entries) / seconds, bytes: Number(kilobytes) * 1024 };
}
