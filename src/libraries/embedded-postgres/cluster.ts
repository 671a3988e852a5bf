import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, chown, link, mkdir, mkdtemp, readdir, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, parse, resolve } from 'node:path';
import { promisify } from 'node:util';
import { EmbeddedPostgresFailure } from './embedded-postgres-failure';
import type { PostgresBinaries } from './postgres-binaries';
import { SHARED_STATE_DIR, type ServerAccount } from './server-account';

interface Credentials {
  /**
   * Path of the cluster, relative to the data folder, which may be moved. It is stored, so that the cluster is still
   * found when folder rights change later.
   */
  readonly cluster: string;
  readonly superuser: string;
  readonly password: string;
}

/** The files of the embedded server: the cluster, and in the data folder its credentials and its log. */
export class Cluster {
  private constructor(
    /** Real path. */
    readonly dir: string,
    readonly logFile: string,
    readonly superuser: string,
    readonly password: string,
  ) {}

  /**
   * Opens the cluster of a data folder and creates it on the first start. Needs no lock: credentials and cluster each
   * appear atomically (hard link, rename), so a concurrent process uses those of the first one, and a killed process
   * leaves no partial state.
   */
  static async prepare(
    dataDir: string,
    account: ServerAccount,
    binaries: PostgresBinaries,
    durable: boolean,
  ): Promise<Cluster> {
    await mkdir(dataDir, { recursive: true, mode: account.isOther ? 0o711 : 0o700 });
    const home = await realpath(dataDir);
    const credentials = await obtainCredentials(home, account);
    const { cluster: dir, superuser, password } = credentials;
    if (!existsSync(join(dir, 'PG_VERSION'))) await initialize(credentials, account, binaries, durable);
    if (!account.canEnter(dirname(dir))) {
      throw new EmbeddedPostgresFailure('FOLDER_UNREACHABLE', `the database's user may not enter ${dirname(dir)}.`);
    }
    const major = Number(readFileSync(join(dir, 'PG_VERSION'), 'utf8'));
    if (major !== binaries.major) {
      throw new EmbeddedPostgresFailure(
        'VERSION_MISMATCH',
        `${dir} was made by PostgreSQL ${major}; found PostgreSQL ${binaries.major}.`,
      );
    }
    return new Cluster(await realpath(dir), join(home, 'postgres.log'), superuser, password);
  }
}

async function obtainCredentials(home: string, account: ServerAccount): Promise<Credentials> {
  const file = join(home, 'postgres.json');
  if (!existsSync(file)) {
    const cluster = clusterDir(home, account);
    if (existsSync(resolve(home, cluster))) {
      throw new EmbeddedPostgresFailure(
        'CREDENTIALS_MISSING',
        `${resolve(home, cluster)} holds the database of this data folder, but ${file} is gone. Restore the file, ` +
          'or remove that folder to begin anew.',
      );
    }
    const credentials: Credentials = {
      cluster,
      superuser: 'postgres',
      password: randomBytes(32).toString('base64url'),
    };
    const draft = `${file}.${process.pid}`;
    await writeFile(draft, JSON.stringify(credentials, null, 2), { mode: 0o600 });
    await link(draft, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error; // otherwise another process has just created them
    });
    await rm(draft);
  }
  const credentials = JSON.parse(readFileSync(file, 'utf8')) as Credentials;
  return { ...credentials, cluster: resolve(home, credentials.cluster) };
}

function clusterDir(home: string, account: ServerAccount): string {
  if (account.canEnter(home)) return 'postgres';
  // Random, so that a new data folder in the same place does not find the old cluster.
  return join(SHARED_STATE_DIR, `data-${randomBytes(8).toString('hex')}`, 'postgres');
}

async function initialize(
  { cluster, superuser, password }: Credentials,
  account: ServerAccount,
  binaries: PostgresBinaries,
  durable: boolean,
): Promise<void> {
  account.assertKnown();
  await mkdir(dirname(cluster), { recursive: true, mode: 0o711 });
  await removeAbandoned(cluster);
  const workshop = await mkdtemp(`${cluster}.init-${process.pid}-`);
  const [draft, passwordFile] = [join(workshop, 'cluster'), join(workshop, 'password')];
  try {
    await mkdir(draft, { mode: 0o700 });
    await writeFile(passwordFile, password, { mode: 0o600 });
    const { uid, gid } = account.identity;
    if (uid !== undefined && gid !== undefined) {
      for (const path of [draft, passwordFile, workshop]) await chown(path, uid, gid);
    }
    const locale =
      binaries.major >= 17
        ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
        : ['--locale=C.UTF-8'];
    const identity = ['--username', superuser, '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
    const args = ['--pgdata', draft, '--encoding=UTF8', ...locale, ...identity, ...(durable ? [] : ['--no-sync'])];
    const options = { ...account.identity, cwd: parse(draft).root, env: { LC_ALL: 'C', TZ: 'UTC' } };
    await promisify(execFile)(binaries.initdb, args, options).catch((error: { stderr?: string }) => {
      const reason = error.stderr?.split('\n').find((line) => /error|fatal/i.test(line)) ?? 'no reason given';
      throw new EmbeddedPostgresFailure('INITDB_FAILED', reason);
    });
    await chmod(draft, 0o700);
    await rename(draft, cluster).catch((error: unknown) => {
      if (!existsSync(join(cluster, 'PG_VERSION'))) throw error; // otherwise another process has just created it
    });
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

/** Removes the drafts of killed first starts. */
async function removeAbandoned(cluster: string): Promise<void> {
  const prefix = `${basename(cluster)}.init-`;
  for (const name of await readdir(dirname(cluster))) {
    if (!name.startsWith(prefix) || isRunning(Number(name.slice(prefix.length).split('-')[0]))) continue;
    // An initdb that outlived its parent may still be writing. The next first start then retries.
    await rm(join(dirname(cluster), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
