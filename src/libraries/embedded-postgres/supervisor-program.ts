import type { ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';

/** The parameters of a supervisor, passed through a pipe and never on the command line. */
export interface SupervisorOrders {
  /** A server to start, or the process id of one that has lost its supervisor. */
  readonly server:
    | { readonly command: string; readonly args: readonly string[]; readonly uid?: number; readonly gid?: number }
    | { readonly pid: number };
  /** Port to listen on for users; 0 for a free one. */
  readonly port: number;
  readonly cluster: string;
  readonly logFile: string;
  readonly logLimitBytes: number;
  readonly pgCtl: string;
  readonly settingOfPort: string;
  /** Time after which the server is stopped without its shutdown checkpoint. The next start then recovers. */
  readonly patienceMs: number;
}

/**
 * The supervisor process. It keeps one server for its users, and stops it when the last user has disconnected for
 * whatever reason.
 *
 * A user is an open connection to the supervisor's port (and, before that exists, the channel to the process that
 * started it), so the operating system itself reports a killed user. The product and several command-line tools can
 * thus share one server, and none of them stops it while others use it.
 *
 * The text of this function is the program: it is piped to a bare `node` (see supervisor.ts). This works from `dist`,
 * from tests, where no compiled file exists, and in any deployment layout. The function must therefore not use anything
 * outside of its own body.
 */
/* istanbul ignore next -- coverage counters would be references to the outside */
function supervise(orders: SupervisorOrders): void {
  const { spawn } = process.getBuiltinModule('node:child_process');
  const { createServer } = process.getBuiltinModule('node:net');
  const path = process.getBuiltinModule('node:path');
  const fs = process.getBuiltinModule('node:fs');

  const users = new Set<Socket>();
  let pid = 0;
  let state: 'running' | 'stopping' | 'ended' = 'running';

  const log = fs.openSync(orders.logFile, 'a', 0o600);
  // The server writes to a descriptor in append mode, so the file can be truncated while it runs, without a collector
  // process.
  const cutLog = () => {
    try {
      if (fs.fstatSync(log).size < orders.logLimitBytes) return;
      fs.copyFileSync(orders.logFile, `${orders.logFile}.1`);
      fs.ftruncateSync(log);
    } catch {
      // a full disk must not end the supervisor
    }
  };

  const ended = () => {
    if (state === 'ended') return;
    const expected = state === 'stopping';
    state = 'ended';
    for (const user of users) user.end('ended\n');
    if (expected || users.size === 0) process.exit(0);
    setTimeout(() => process.exit(1), 500);
  };

  const signal = (name: 'SIGINT' | 'SIGQUIT') => {
    if (process.platform === 'win32') {
      const mode = name === 'SIGINT' ? 'fast' : 'immediate';
      spawn(orders.pgCtl, ['stop', '-D', orders.cluster, '-m', mode, '-W'], { stdio: 'ignore', windowsHide: true });
      return;
    }
    try {
      process.kill(pid, name);
    } catch {
      ended();
    }
  };

  const stopWhenUnused = () => {
    if (state !== 'running' || users.size > 0 || process.connected) return;
    state = 'stopping';
    if (pid === 0) process.exit(0);
    signal('SIGINT');
    setTimeout(() => signal('SIGQUIT'), orders.patienceMs);
  };

  const watchForeign = () => {
    try {
      process.kill(pid, 0);
      // The working folder of a server is its cluster. A dead process that has not been reaped has none.
      if (process.platform === 'linux' && fs.readlinkSync(`/proc/${pid}/cwd`) !== orders.cluster) ended();
    } catch {
      ended();
    }
  };

  const serve = (port: number) => {
    if ('pid' in orders.server) {
      pid = orders.server.pid;
      setInterval(watchForeign, 50);
      return;
    }
    const { command, args, uid, gid } = orders.server;
    const child: ChildProcess = spawn(command, [...args, '-c', `${orders.settingOfPort}=${port}`], {
      cwd: path.parse(orders.cluster).root,
      env: { LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', log, log],
      windowsHide: true,
      uid,
      gid,
    });
    pid = child.pid ?? 0;
    child.on('error', ended);
    child.on('exit', ended);
  };

  const door = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    if (state !== 'running') {
      socket.end('leaving\n');
      return;
    }
    users.add(socket);
    socket.write(`ready ${pid} ${process.pid}\n`);
    socket.resume();
    const leave = () => {
      if (!users.delete(socket)) return;
      stopWhenUnused();
      // The last user's connection stays open until the server is down.
      if (state === 'running') socket.end();
    };
    socket.on('end', leave);
    socket.on('close', leave);
  });
  door.on('error', () => process.exit(1));
  door.listen(orders.port, '127.0.0.1', () => {
    const bound = door.address();
    serve(bound !== null && typeof bound === 'object' ? bound.port : 0);
  });

  cutLog();
  setInterval(cutLog, 30_000);
  process.on('disconnect', stopWhenUnused);
  // A signal to the whole process tree also reaches the users, so the supervisor waits until they have disconnected.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => undefined);
}

// Exported separately: on an exported declaration, the compiler drops the hint above.
export { supervise };
