import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import type { EmbeddedOptions } from './embedded-options';
import { EmbeddedPostgresFailure } from './embedded-postgres-failure';
import { openSession, type ServerAddress } from './server-address';
import { ServerStart, type RunningServer } from './server-start';
import type { SupervisorSeat } from './supervisor';

/** Why the server is no longer usable: it ended, or another process took over the serve lock. */
export type ExitReason = 'SERVER_ENDED' | 'SERVE_LOCK_LOST';

const RETAKE_WITHIN_MS = 5_000;
const RETAKE_POLL_MS = 100;
const SERVE_LOCK_WAIT_MS = 1_000; // the session of a killed predecessor ends within this time
const SERVE_LOCK_POLL_MS = 40;
const SERVE_LOCK = 'select pg_try_advisory_lock(7310569432) as granted';

/** A real PostgreSQL server, which runs as long as a process uses it. */
export class EmbeddedPostgres {
  readonly address: ServerAddress;
  /** True when the server was already running, or was started by another process at the same time. */
  readonly adopted: boolean;
  private readonly listeners: ((reason: ExitReason) => void)[] = [];
  private exited?: ExitReason;
  private stopped?: Promise<void>;
  private serveSession?: Client;
  /** Undefined when the supervisor was killed and no new one could be started. */
  private seat: Promise<SupervisorSeat | undefined>;

  private constructor(
    private readonly server: ServerStart,
    private readonly running: RunningServer,
  ) {
    this.address = server.address(running.postmaster);
    this.adopted = running.adopted;
    this.seat = Promise.resolve(this.watch(running.seat));
  }

  /** Path of the cluster. */
  get clusterDir(): string {
    return this.server.cluster.dir;
  }

  /**
   * Starts the server of a data folder, or joins a running one.
   *
   * @throws EmbeddedPostgresFailure when there is no usable PostgreSQL, user, folder or cluster; `DATA_FOLDER_IN_USE`
   *   in mode `serve` while another process serves from this data folder
   */
  static async open(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
    const server = await ServerStart.prepare(options);
    const running = await server.startOrJoin();
    const postgres = new EmbeddedPostgres(server, running);
    if (options.mode === 'attach') {
      await running.session.end();
    } else if (!(await postgres.holdServeLock(running.session))) {
      await postgres.stop();
      throw EmbeddedPostgresFailure.dataFolderInUse();
    }
    options.onLog?.(running.adopted ? 'postgres.joined' : 'postgres.started');
    return postgres;
  }

  /** Calls the listener once when the server is lost without `stop`; immediately if that has already happened. */
  onExit(listener: (reason: ExitReason) => void): void {
    if (this.exited) listener(this.exited);
    else this.listeners.push(listener);
  }

  /**
   * Ends the use of the server by this process. The last user's `stop` resolves when the server is down, within 5 s.
   * Close connection pools first.
   */
  stop(): Promise<void> {
    return (this.stopped ??= this.leave());
  }

  private async leave(): Promise<void> {
    await this.serveSession?.end();
    const seat = await this.seat;
    await (seat ? seat.leave() : this.server.stopUnsupervised(this.running.postmaster));
  }

  private watch(seat: SupervisorSeat): SupervisorSeat {
    seat.onLoss((loss) => {
      if (loss === 'ended') this.reportExit('SERVER_ENDED');
      else this.seat = this.takeNewSeat();
    });
    return seat;
  }

  /** Replaces a killed supervisor. The server keeps running. */
  private async takeNewSeat(): Promise<SupervisorSeat | undefined> {
    const { postmaster, supervisorPort } = this.running;
    const seat = await this.server.takeSeat(supervisorPort, postmaster);
    if (seat) return this.watch(seat);
    if (!this.server.lock.isAlive(postmaster.pid)) this.reportExit('SERVER_ENDED');
    return undefined;
  }

  /** The lock belongs to a session, so it ends with the process and cannot become stale. */
  private async holdServeLock(session: Client): Promise<boolean> {
    const granted = await takeServeLock(session).catch(() => false);
    if (granted) {
      this.serveSession = session;
      session.once('end', () => void this.retakeServeLock());
    } else {
      await session.end();
    }
    return granted;
  }

  /** Retakes the lock after a crash: when a server process crashes, the server ends all sessions and continues. */
  private async retakeServeLock(): Promise<void> {
    for (const until = Date.now() + RETAKE_WITHIN_MS; Date.now() < until; await sleep(RETAKE_POLL_MS)) {
      if (this.stopped || this.exited) return;
      const session = await openSession(this.address).catch(() => undefined);
      if (session && (await this.holdServeLock(session))) {
        if (this.stopped) await session.end();
        return;
      }
    }
    this.reportExit('SERVE_LOCK_LOST');
  }

  private reportExit(reason: ExitReason): void {
    if (this.exited || this.stopped) return;
    this.exited = reason;
    for (const listener of this.listeners) listener(reason);
  }
}

async function takeServeLock(session: Client): Promise<boolean> {
  for (const until = Date.now() + SERVE_LOCK_WAIT_MS; ; await sleep(SERVE_LOCK_POLL_MS)) {
    const { rows } = await session.query<{ granted: boolean }>(SERVE_LOCK);
    if (rows[0]?.granted) return true;
    if (Date.now() > until) return false;
  }
}
