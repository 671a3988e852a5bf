import {
  existsSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { EmbeddedPostgres, type EmbeddedOptions } from '../../src/libraries/embedded-postgres';
import { LauncherProgram } from '../support/launcher-process';
import { FAST_SETTINGS, temporaryDataDir } from '../support/test-cluster';
import { until } from '../support/until';

const program = new LauncherProgram();
const dataDirs: string[] = [];
const clusterDirs = new Set<string>();
const open: EmbeddedPostgres[] = [];

function newDataDir(): string {
  const dir = temporaryDataDir();
  dataDirs.push(dir);
  return dir;
}

/** Commits survive the end of a process, though not of the machine. */
const SETTINGS = { ...FAST_SETTINGS, synchronous_commit: 'on' };

async function start(dataDir: string, mode: EmbeddedOptions['mode'] = 'serve'): Promise<EmbeddedPostgres> {
  const postgres = await EmbeddedPostgres.open({ dataDir, mode, settings: SETTINGS });
  open.push(postgres);
  clusterDirs.add(postgres.clusterDir);
  return postgres;
}

async function query(postgres: EmbeddedPostgres, sql: string, values: unknown[] = []): Promise<unknown[][]> {
  const { host, port, superuser, password } = postgres.address;
  const client = new Client({ host, port, user: superuser, password, database: 'postgres' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<unknown[]>({ text: sql, values, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
}

function postmasterPid({ clusterDir }: { clusterDir: string }): number {
  return Number(readFileSync(join(clusterDir, 'postmaster.pid'), 'utf8').split('\n')[0]);
}

function supervisorPid(postgres: EmbeddedPostgres): number {
  return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${postmasterPid(postgres)}/status`, 'utf8'))?.[1]);
}

/** Finds the postmaster and its children, whose working directory is the cluster's folder. */
function serverProcesses(clusterDir: string): string[] {
  return readdirSync('/proc').filter((name) => {
    try {
      return readlinkSync(`/proc/${name}/cwd`) === clusterDir;
    } catch {
      return false; // has ended meanwhile, or is no process
    }
  });
}

function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

function stats(path: string) {
  return statSync(path, { throwIfNoEntry: false });
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((postgres) => postgres.stop()));
});

afterAll(async () => {
  program.dispose();
  for (const dir of clusterDirs) await until('no server is left', () => serverProcesses(dir).length === 0);
  for (const dir of [...clusterDirs, ...dataDirs]) rmSync(dir, { recursive: true, force: true });
});

describe('the embedded PostgreSQL', () => {
  const dataDir = newDataDir();

  it('starts on an empty folder and keeps its data over a restart', async () => {
    const first = await start(dataDir);
    expect(first.adopted).toBe(false);
    await query(first, 'create table kept (id int primary key)');
    await query(first, 'insert into kept values (1)');
    await first.stop();
    expect(serverProcesses(first.clusterDir)).toEqual([]);

    const second = await start(dataDir);
    expect(await query(second, 'select id from kept')).toEqual([[1]]);
  });

  it('runs the example of its README', async () => {
    const readme = readFileSync(join(__dirname, '../../src/libraries/embedded-postgres/README.md'), 'utf8');
    const [, example = ''] = /```ts\n(?:import[^\n]*\n)+([^]*?)```/.exec(readme) ?? [];
    const names = ['Client', 'EmbeddedPostgres', 'dataDir'];
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the example is ours
    const run = new Function(...names, `return (async () => { ${example} return { rows, server }; })()`) as (
      ...values: unknown[]
    ) => Promise<{ rows: unknown; server: EmbeddedPostgres }>;
    const { rows, server } = await run(Client, EmbeddedPostgres, dataDir);
    expect(rows).toEqual([{ one: 1 }]);
    expect(serverProcesses(server.clusterDir)).toEqual([]);
  });

  it('hides the password from other users and leaves no temporary files', async () => {
    const postgres = await start(dataDir);
    expect(stats(join(dataDir, 'postgres.json'))!.mode & 0o777).toBe(0o600);
    expect(readdirSync(dataDir).sort()).toEqual(['postgres', 'postgres.json', 'postgres.log']);
    for (const pid of [postmasterPid(postgres), supervisorPid(postgres)]) {
      expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8')).not.toContain(postgres.address.password);
      expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).not.toContain(postgres.address.password);
    }
  });

  it('folds case in every script and listens on this machine only', async () => {
    const postgres = await start(dataDir);
    expect(
      await query(
        postgres,
        `select lower('ÉЯ'), current_setting('listen_addresses'), current_setting('unix_socket_directories')`,
      ),
    ).toEqual([['éя', '127.0.0.1', '']]);
  });

  it('enforces the settings that keep personal data out of its log, whatever the caller asks for', async () => {
    const settings = { log_statement: 'all', log_min_messages: 'debug1', work_mem: '6MB' };
    const postgres = await EmbeddedPostgres.open({ dataDir, mode: 'serve', settings });
    open.push(postgres);
    const names = `'log_error_verbosity','log_min_duration_statement','log_min_error_statement','log_min_messages',
      'log_parameter_max_length','log_parameter_max_length_on_error','log_statement','work_mem'`;
    expect(
      await query(postgres, `select name, setting from pg_settings where name in (${names}) order by name`),
    ).toEqual([
      ['log_error_verbosity', 'terse'],
      ['log_min_duration_statement', '-1'],
      ['log_min_error_statement', 'panic'],
      ['log_min_messages', 'log'],
      ['log_parameter_max_length', '0'],
      ['log_parameter_max_length_on_error', '0'],
      ['log_statement', 'none'],
      ['work_mem', '6144'],
    ]);
  });

  it('logs no value of a failing statement, whether a parameter, a literal, a key or a quoted input', async () => {
    const postgres = await start(dataDir);
    const secret = 'Zaphod-Beeblebrox';
    await query(postgres, 'create table person (name text primary key, born date, age int check (age > 0))');
    await query(postgres, 'insert into person values ($1)', [secret]);
    const failing: [string, unknown[]][] = [
      ['insert into person values ($1)', [secret]],
      ['insert into person (name, age) values ($1, -1)', [secret]],
      ['insert into person (name, born) values ($1, $2)', ['x', secret]],
      [`select '${secret}'::int`, []],
      [`select ${secret.toLowerCase().replaceAll('-', '_')}`, []],
      [`do $$ begin raise exception '${secret}'; end $$`, []],
    ];
    for (const [sql, values] of failing) await expect(query(postgres, sql, values)).rejects.toThrow();
    await postgres.stop();
    const log = readFileSync(join(dataDir, 'postgres.log'), 'utf8');
    expect(log).toContain('ready to accept connections');
    expect(log.toLowerCase()).not.toMatch(/zaphod|beeblebrox/);
  });

  it('finds its data in a folder that was moved', async () => {
    const moved = `${dataDir}-moved`;
    renameSync(dataDir, moved);
    const postgres = await start(moved);
    expect(await query(postgres, 'select id from kept')).toEqual([[1]]);
    await postgres.stop();
    renameSync(moved, dataDir);
  });

  it('refuses a wrong password file with a clear error instead of an endless attempt', async () => {
    const postgres = await start(dataDir);
    const file = join(dataDir, 'postgres.json');
    const content = readFileSync(file, 'utf8');
    try {
      writeFileSync(file, content.replace(postgres.address.password, 'wrong'));
      await expect(start(dataDir, 'attach')).rejects.toThrow(/^CREDENTIALS_REFUSED/);
    } finally {
      writeFileSync(file, content);
    }
  });
});

describe('several processes on one data folder', () => {
  it('have exactly one winner among those that serve, and all of them find the one server', async () => {
    const dataDir = newDataDir();
    const options = { dataDir, settings: SETTINGS };
    const openings = await Promise.all([
      program.open({ ...options, mode: 'serve' }),
      program.open({ ...options, mode: 'serve' }),
      program.open({ ...options, mode: 'attach' }),
    ]);
    const tool = openings[2];
    const [winner, ...others] = openings.slice(0, 2).filter(({ opened }) => opened);
    expect(others).toEqual([]);
    expect(openings.slice(0, 2).find(({ opened }) => !opened)?.code).toBe('DATA_FOLDER_IN_USE');
    expect(tool.opened).toBe(true);
    expect(openings.filter(({ adopted }) => adopted === false).length).toBeLessThanOrEqual(1);

    // The server runs until the last process has left, whichever process started it.
    const here = await start(dataDir, 'attach');
    expect(here.adopted).toBe(true);
    await expect(start(dataDir)).rejects.toMatchObject({ code: 'DATA_FOLDER_IN_USE' });
    await program.stop(winner!.child);
    await program.stop(tool.child);
    expect(await query(here, 'select 1')).toEqual([[1]]);
    const serving = await start(dataDir);
    await here.stop();
    expect(await query(serving, 'select 1')).toEqual([[1]]);
    await serving.stop();
    expect(serverProcesses(here.clusterDir)).toEqual([]);
  });

  it('a tool alone starts a server of its own and stops it', async () => {
    const tool = await start(dataDirs[0]!, 'attach');
    expect(tool.adopted).toBe(false);
    await tool.stop();
    expect(existsSync(join(tool.clusterDir, 'postmaster.pid'))).toBe(false);
  });
});

describe('after SIGKILL', () => {
  const dataDir = newDataDir();

  beforeAll(async () => {
    const postgres = await start(dataDir);
    await query(postgres, 'create table commitment (id int)');
    await postgres.stop();
  });

  async function commitThenKill(id: number, kill: (child: number, supervisor: number, postmaster: number) => void) {
    const { child, opened } = await program.open({ dataDir, mode: 'serve', settings: SETTINGS });
    expect(opened).toBe(true);
    const here = await start(dataDir, 'attach');
    await query(here, `insert into commitment values (${id})`);
    const pids = [supervisorPid(here), postmasterPid(here)] as const;
    await here.stop(); // this process must not keep the server running
    kill(child.pid!, ...pids);
    return { clusterDir: here.clusterDir, postmaster: pids[1] };
  }

  it('of the product, no server process remains, and the next start has the committed row', async () => {
    const { clusterDir } = await commitThenKill(1, (child) => process.kill(child, 'SIGKILL'));
    await until('no server is left', () => serverProcesses(clusterDir).length === 0);
    expect(await query(await start(dataDir), 'select count(*)::int from commitment where id = 1')).toEqual([[1]]);
  });

  it('of the product, the next start may follow immediately', async () => {
    await commitThenKill(2, (child) => process.kill(child, 'SIGKILL'));
    expect(await query(await start(dataDir), 'select count(*)::int from commitment where id = 2')).toEqual([[1]]);
  });

  it('of all processes at once, the next start recovers', async () => {
    await commitThenKill(3, (...pids) => pids.forEach((pid) => process.kill(pid, 'SIGKILL')));
    expect(await query(await start(dataDir), 'select count(*)::int from commitment where id = 3')).toEqual([[1]]);
  });

  it('of the product and its supervisor, the next start adopts the orphaned server and stops it in the end', async () => {
    const { clusterDir, postmaster } = await commitThenKill(4, (child, supervisor) => {
      process.kill(supervisor, 'SIGKILL');
      process.kill(child, 'SIGKILL');
    });
    const postgres = await start(dataDir);
    expect(postgres.adopted).toBe(true);
    expect(postmasterPid(postgres)).toBe(postmaster);
    await postgres.stop();
    expect(serverProcesses(clusterDir)).toEqual([]);
  });

  it('of the supervisor, the product keeps running, keeps the folder to itself and still stops its server', async () => {
    const postgres = await start(dataDir);
    const exits: string[] = [];
    postgres.onExit((reason) => exits.push(reason));
    const supervisor = supervisorPid(postgres);
    process.kill(supervisor, 'SIGKILL');
    await until('the supervisor is gone', () => !isAlive(supervisor));
    expect(await query(postgres, 'select 1')).toEqual([[1]]);
    await expect(start(dataDir)).rejects.toThrow('DATA_FOLDER_IN_USE');
    await postgres.stop();
    expect(serverProcesses(postgres.clusterDir)).toEqual([]);
    expect(exits).toEqual([]);
  });

  it('of the server, the product is notified, and the next start recovers', async () => {
    const postgres = await start(dataDir);
    await query(postgres, 'insert into commitment values (5)');
    const exit = new Promise((resolve) => postgres.onExit(resolve));
    process.kill(postmasterPid(postgres), 'SIGKILL');
    expect(await exit).toBe('SERVER_ENDED');
    await postgres.stop();
    expect(await query(await start(dataDir), 'select count(*)::int from commitment where id = 5')).toEqual([[1]]);
  });

  it('of a single session, the server restarts its sessions and the product keeps the folder', async () => {
    const postgres = await start(dataDir);
    const holder = async () =>
      (await query(postgres, `select pid from pg_locks where locktype = 'advisory'`).catch(() => []))[0]?.[0] as number;
    const backend = await holder();
    process.kill(backend, 'SIGKILL');
    await until('another session holds the folder', async () => ![undefined, backend].includes(await holder()));
    await expect(start(dataDir)).rejects.toThrow('DATA_FOLDER_IN_USE');
  });

  it('a stale lock file with the process id of another process is ignored', async () => {
    const postgres = await start(dataDir);
    const lock = join(postgres.clusterDir, 'postmaster.pid');
    const content = readFileSync(lock, 'utf8');
    await postgres.stop();
    writeFileSync(lock, content.replace(/^\d+/, String(process.pid)));
    expect(await query(await start(dataDir), 'select 1')).toEqual([[1]]);
  });
});
