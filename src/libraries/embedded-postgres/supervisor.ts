import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { parse } from 'node:path';
import { supervise, type SupervisorOrders } from './supervisor-program';

/** Server setting that publishes the supervisor's port, so that every client of the server finds the supervisor. */
export const SUPERVISOR_PORT = 'lethe.supervisor_port';

const GREETING_TIMEOUT_MS = 2_000;

/**
 * Starts a supervisor in a process session of its own, which a terminal's Ctrl-C does not reach. It ends when its
 * channel to this process closes, unless it has other users by then.
 */
export function startSupervisor(orders: SupervisorOrders): ChildProcess {
  const child = spawn(process.execPath, ['-', 'lethe-postgres-supervisor'], {
    cwd: parse(process.execPath).root,
    detached: true,
    env: {},
    stdio: ['pipe', 'ignore', 'ignore', 'ipc'],
    windowsHide: true,
  });
  child.on('error', () => undefined); // handled as an ended process
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(`'use strict';(${supervise.toString()})(${JSON.stringify(orders)});`);
  return child;
}

/** True once the process is gone or could not be started. */
export function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

/** Disconnects from a supervisor that counts this process as a user, or that is not needed. */
export function release(child: ChildProcess): void {
  if (child.connected) child.disconnect();
  child.unref();
}

/** This process's seat with a supervisor. The server runs as long as a seat is taken. */
export class SupervisorSeat {
  private received = '';
  private leaving = false;
  private readonly closed: Promise<void>;

  private constructor(private readonly socket: Socket) {
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => (this.received += text));
    socket.on('end', () => socket.end());
    socket.on('error', () => undefined); // always followed by 'close'
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
  }

  /** @returns `absent` when no supervisor of that server listens, `leaving` when the server is being stopped */
  static async take(port: number, serverPid: number): Promise<SupervisorSeat | 'absent' | 'leaving'> {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const seat = new SupervisorSeat(socket);
    socket.setTimeout(GREETING_TIMEOUT_MS, () => socket.destroy());
    await Promise.race([seat.closed, once(socket, 'data').catch(() => undefined)]);
    const [word, pid] = seat.greeting;
    if (word === 'ready' && Number(pid) === serverPid) {
      socket.setTimeout(0);
      socket.unref(); // an open seat must not keep a tool running
      return seat;
    }
    socket.destroy();
    return word === 'leaving' ? 'leaving' : 'absent';
  }

  get supervisorPid(): number {
    return Number(this.greeting[2]);
  }

  /** `ended`: the server is down. `lost`: only the supervisor is down. */
  onLoss(listener: (loss: 'ended' | 'lost') => void): void {
    void this.closed.then(() => {
      if (!this.leaving) listener(this.received.endsWith('ended\n') ? 'ended' : 'lost');
    });
  }

  /** Gives up the seat. Resolves when the server is down, if it was the last seat. */
  async leave(): Promise<void> {
    this.leaving = true;
    this.socket.ref();
    this.socket.end();
    await this.closed;
  }

  private get greeting(): string[] {
    return (this.received.split('\n')[0] ?? '').split(' ');
  }
}
