import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { parse } from 'node:path';
import { supervise, type SupervisorOrders } from './supervisor-program';

/**
 * Setting in which a server publishes its supervisor's port, so that every client of the server finds the supervisor.
 */
export const SUPERVISOR_PORT = 'lethe.supervisor_port';

const GREETING_TIMEOUT_MS = 2_000;

/**
 * Starts a supervisor in a session of its own, out of reach of a terminal's Ctrl-C. It ends with the channel of the
 * returned process unless it has other users by then.
 */
export function startSupervisor(orders: SupervisorOrders): ChildProcess {
  const child = spawn(process.execPath, ['-', 'lethe-postgres-supervisor'], {
    cwd: parse(process.execPath).root,
    detached: true,
    env: {},
    stdio: ['pipe', 'ignore', 'ignore', 'ipc'],
    windowsHide: true,
  });
  child.on('error', () => undefined); // seen as an ended process
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(`'use strict';(${supervise.toString()})(${JSON.stringify(orders)});`);
  return child;
}

/** True once the process is gone or could not be started. */
export function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

/** Disconnects from a supervisor that has this process as a user by now, or that is not needed. */
export function release(child: ChildProcess): void {
  if (child.connected) child.disconnect();
  child.unref();
}

/** This process's seat with a supervisor: while it is held the server is kept running. */
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
      socket.unref(); // an open seat must not keep a tool from ending
      return seat;
    }
    socket.destroy();
    return word === 'leaving' ? 'leaving' : 'absent';
  }

  get supervisorPid(): number {
    return Number(this.greeting[2]);
  }

  /** `ended`: the server is down. `lost`: only the supervisor is. */
  onLoss(listener: (loss: 'ended' | 'lost') => void): void {
    void this.closed.then(() => {
      if (!this.leaving) listener(this.received.endsWith('ended\n') ? 'ended' : 'lost');
    });
  }

  /** Resolves when the seat is given up and, if it was the last one, the server is down. */
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
