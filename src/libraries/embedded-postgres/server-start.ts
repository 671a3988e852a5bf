import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { Cluster } from './cluster';
import type { EmbeddedOptions } from './embedded-options';
import { EmbeddedPostgresFailure } from './embedded-postgres-failure';
import { PostgresBinaries } from './postgres-binaries';
import { PostmasterLock, type Postmaster } from './postmaster-lock';
import { openSession, type ServerAddress } from './server-address';
import { ServerAccount } from './server-account';
import { serverArguments } from './server-settings';
import { hasEnded, release, startSupervisor, SUPERVISOR_PORT, SupervisorSeat } from './supervisor';
import type { SupervisorOrders } from './supervisor-program';

const START_DEADLINE_MS = 120_000; // includes recovery after a crash
const REFUSAL_AFTER_MS = 5_000; // a killed predecessor may take this long to disappear completely
const POLL_MS = 20;
const STOP_TIMEOUT_MS = 4_000;
const LOG_LIMIT_BYTES = 5_000_000;

/** A server that this process uses, and a session on it. */
export interface RunningServer {
  readonly postmaster: Postmaster;
  readonly supervisorPort: number;
  readonly seat: SupervisorSeat;
  readonly session: Client;
  /** True when another process started the server. */
  readonly adopted: boolean;
}

/** Starts the server of a data folder. PostgreSQL's own lock decides between concurrent starts. */
export class ServerStart {
  private constructor(
    readonly cluster: Cluster,
    readonly lock: PostmasterLock,
    private readonly account: ServerAccount,
    private readonly binaries: PostgresBinaries,
    private readonly settings: Readonly<Record<string, string>>,
  ) {}

  static async prepare({ dataDir, binDir, settings = {} }: EmbeddedOptions): Promise<ServerStart> {
    const account = ServerAccount.current();
    const binaries = await PostgresBinaries.locate(account, binDir);
    const cluster = await Cluster.prepare(dataDir, account, binaries, settings.fsync !== 'off');
    return new ServerStart(cluster, new PostmasterLock(cluster.dir), account, binaries, settings);
  }

  address({ port }: Postmaster): ServerAddress {
    return { host: '127.0.0.1', port, superuser: this.cluster.superuser, password: this.cluster.password };
  }

  async startOrJoin(): Promise<RunningServer> {
    const deadline = Date.now() + START_DEADLINE_MS;
    let refusedSince: number | undefined;
    let supervisor: ChildProcess | undefined;
    try {
      for (; Date.now() < deadline; await sleep(POLL_MS)) {
        const postmaster = this.lock.holder();
        if (postmaster) {
          refusedSince = undefined;
          const joined = postmaster.ready ? await this.join(postmaster) : undefined;
          if (joined) return { ...joined, adopted: joined.seat.supervisorPid !== supervisor?.pid };
        } else if (!supervisor || hasEnded(supervisor)) {
          if (supervisor) refusedSince ??= Date.now();
          if (refusedSince !== undefined && Date.now() - refusedSince > REFUSAL_AFTER_MS) break;
          if (supervisor) await sleep(5 * POLL_MS);
          this.lock.removeIfStale();
          supervisor = startSupervisor(await this.startOrders());
        }
      }
    } finally {
      if (supervisor) release(supervisor);
    }
    throw new EmbeddedPostgresFailure('START_FAILED', `PostgreSQL did not come up; see ${this.cluster.logFile}`);
  }

  /** Takes a seat with the supervisor on this port, or with a new one when there is none. */
  async takeSeat(port: number, postmaster: Postmaster): Promise<SupervisorSeat | undefined> {
    let successor: ChildProcess | undefined;
    try {
      for (const until = Date.now() + REFUSAL_AFTER_MS; Date.now() < until; await sleep(POLL_MS)) {
        const seat = await SupervisorSeat.take(port, postmaster.pid);
        if (seat === 'leaving' || !this.lock.isAlive(postmaster.pid)) return undefined;
        if (seat !== 'absent') return seat;
        // Concurrent processes try the same port, so only one supervisor starts and all of them find it there.
        successor ??= startSupervisor(this.orders({ pid: postmaster.pid }, port));
      }
      return undefined;
    } finally {
      if (successor) release(successor);
    }
  }

  /**
   * Stops a server that has no supervisor. Other users of the server are unknown then, but a failing tool is better
   * than an orphaned server.
   */
  async stopUnsupervised({ pid }: Postmaster): Promise<void> {
    if (this.lock.isAlive(pid)) process.kill(pid, 'SIGINT');
    for (const until = Date.now() + STOP_TIMEOUT_MS; Date.now() < until; await sleep(POLL_MS)) {
      if (!this.lock.isAlive(pid)) return;
    }
  }

  private async join(postmaster: Postmaster): Promise<Omit<RunningServer, 'adopted'> | undefined> {
    const session = await openSession(this.address(postmaster));
    if (!session) return undefined;
    try {
      const { rows } = await session.query<{ port: string | null }>(
        `select current_setting('${SUPERVISOR_PORT}', true) as port`,
      );
      const supervisorPort = Number(rows[0]?.port ?? 0);
      if (supervisorPort === 0) throw EmbeddedPostgresFailure.dataFolderInUse(); // the server was started manually
      const seat = await this.takeSeat(supervisorPort, postmaster);
      if (seat) return { postmaster, supervisorPort, seat, session };
      // An unrelated process has taken the port of the ended supervisor. The server therefore has no users; it is
      // stopped, and a new one gets another port.
      if (this.lock.isAlive(postmaster.pid)) process.kill(postmaster.pid, 'SIGINT');
    } catch (error) {
      if (error instanceof EmbeddedPostgresFailure) {
        await session.end();
        throw error;
      }
    }
    await session.end().catch(() => undefined);
    return undefined;
  }

  private async startOrders(): Promise<SupervisorOrders> {
    const settings = serverArguments({ ...this.settings, port: String(await freePort()) });
    const args = ['-D', this.cluster.dir, ...settings];
    return this.orders({ command: this.binaries.postgres, args, ...this.account.identity }, 0);
  }

  private orders(server: SupervisorOrders['server'], port: number): SupervisorOrders {
    return {
      server,
      port,
      cluster: this.cluster.dir,
      logFile: this.cluster.logFile,
      logLimitBytes: LOG_LIMIT_BYTES,
      pgCtl: this.binaries.pgCtl,
      settingOfPort: SUPERVISOR_PORT,
      stopTimeoutMs: STOP_TIMEOUT_MS,
    };
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('NO_FREE_PORT');
  return address.port;
}
