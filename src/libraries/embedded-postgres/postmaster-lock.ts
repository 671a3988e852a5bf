import { readFileSync, readlinkSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** The server that holds a cluster, as recorded in `postmaster.pid`. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

/** `postmaster.pid`: PostgreSQL's own lock on a cluster, and the mutex between processes that start at once. */
export class PostmasterLock {
  private readonly path: string;

  /** @param cluster real path of the cluster's folder */
  constructor(private readonly cluster: string) {
    this.path = join(cluster, 'postmaster.pid');
  }

  /** The living server, or undefined when there is none. */
  holder(): Postmaster | undefined {
    const lines = this.content()?.split('\n');
    if (!lines) return undefined;
    const pid = Number(lines[0]);
    if (!this.isAlive(pid)) return undefined;
    return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
  }

  isAlive(pid: number): boolean {
    if (!(pid > 1)) return false;
    if (process.platform !== 'linux') return respondsToSignals(pid);
    // A server's working folder is its cluster. This distinguishes it from an unrelated process with a reused id and
    // from a process that is not yet reaped.
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === this.cluster;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'EACCES' && respondsToSignals(pid);
    }
  }

  /**
   * PostgreSQL takes over a stale lock by itself, except when the recorded id belongs to a living process of the same
   * user: a reused id (common in containers) or a killed server that nobody has reaped.
   */
  removeIfStale(): void {
    const seen = this.content();
    if (
      seen === undefined ||
      this.isAlive(Number(seen.split('\n')[0])) ||
      !respondsToSignals(Number(seen.split('\n')[0]))
    ) {
      return;
    }
    const aside = `${this.path}.${process.pid}`;
    try {
      renameSync(this.path, aside);
      // A server that came up in between has written its own lock: give it back.
      if (readFileSync(aside, 'utf8') === seen) rmSync(aside);
      else renameSync(aside, this.path);
    } catch {
      // Another process was faster.
    }
  }

  private content(): string | undefined {
    try {
      return readFileSync(this.path, 'utf8');
    } catch {
      return undefined;
    }
  }
}

function respondsToSignals(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
