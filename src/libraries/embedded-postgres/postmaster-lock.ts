import { readFileSync, readlinkSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** The server that owns a cluster, according to `postmaster.pid`. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

/** `postmaster.pid`: PostgreSQL's own lock on a cluster, and the mutex between processes that start concurrently. */
export class PostmasterLock {
  private readonly path: string;

  /** @param cluster real path of the cluster */
  constructor(private readonly cluster: string) {
    this.path = join(cluster, 'postmaster.pid');
  }

  /** The running server; undefined when there is none. */
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
    // The working folder of a server is its cluster. This distinguishes it from an unrelated process with a reused id,
    // and from a process that has not been reaped yet.
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === this.cluster;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'EACCES' && respondsToSignals(pid);
    }
  }

  /**
   * Removes a stale lock that PostgreSQL would respect. PostgreSQL takes over a stale lock by itself, unless the
   * recorded id belongs to a living process of the same user: a reused id, which is common in containers, or a killed
   * server that has not been reaped.
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
      // A server that started in the meantime has written its own lock, which must be restored.
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
