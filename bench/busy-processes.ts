import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** Does the work beside processes that use as much processor time as they get. */
export async function besideBusyProcesses<T>(count: number, work: () => Promise<T>): Promise<T> {
  const busy = Array.from({ length: count }, () => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }));
  try {
    return await work();
  } finally {
    await Promise.all(busy.map(end));
  }
}

async function end(process: ChildProcess): Promise<void> {
  const exit = once(process, 'exit');
  process.kill('SIGKILL');
  await exit;
}
