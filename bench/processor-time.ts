import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks per second; the same on every Linux that Node supports (proc_pid_stat(5)). */
const TICKS = 100;

interface ProcessTimes {
  readonly parent: number;
  readonly own: number;
  /** of terminated children */
  readonly children: number;
}

/**
 * Processor time in seconds of a process and its children, including terminated ones; null without /proc. Unlike clock
 * time, it hardly depends on the load of the machine.
 */
export function processorTimeOf(pid: number): number | null {
  const root = timesOf(pid);
  if (root === null) return null;
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => timesOf(Number(name)) ?? [])
    .filter(({ parent }) => parent === pid);
  return [root, ...children].reduce((total, { own, children: ended }) => total + own + ended, 0) / TICKS;
}

/** The parent of a process; null without /proc. */
export const parentOf = (pid: number): number | null => timesOf(pid)?.parent ?? null;

function timesOf(pid: number): ProcessTimes | null {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return null; // the process has ended, or this is not Linux
  }
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [parent, user, system, endedUser, endedSystem] = [1, 11, 12, 13, 14].map((index) => fields[index]!);
  return { parent: parent!, own: user! + system!, children: endedUser! + endedSystem! };
}
