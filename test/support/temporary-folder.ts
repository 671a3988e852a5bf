import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const IN_MEMORY = '/dev/shm';
const PREFIX = `lethe-tests-${process.getuid?.() ?? 0}-`;

/** A run of all suites writes less than 3 GB at a time. */
const ROOM_BYTES = 8 * 1024 ** 3;

/**
 * Creates the folder of this test run, which workers and child processes use for temporary files. It lies in memory
 * where there is room: the tests copy databases and rewrite ledger files all the time, and half of that time is the
 * disk's.
 */
export function createTemporaryFolder(): string {
  for (const parent of [IN_MEMORY, tmpdir()]) if (existsSync(parent)) removeAbandoned(parent);
  const parent = hasRoom(IN_MEMORY) ? IN_MEMORY : tmpdir();
  const folder = mkdtempSync(join(parent, `${PREFIX}${process.pid}-`));
  chmodSync(folder, 0o1777); // the database server has a user of its own where the tests run as root
  process.env.TMPDIR = folder;
  return folder;
}

export const removeTemporaryFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });

/** Removes the folders of runs that were killed; they would keep memory. */
function removeAbandoned(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = name.startsWith(PREFIX) ? parseInt(name.slice(PREFIX.length)) : NaN;
    if (pid > 0 && !isRunning(pid)) removeTemporaryFolder(join(parent, name));
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function hasRoom(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= ROOM_BYTES;
  } catch {
    return false; // not on every system
  }
}
