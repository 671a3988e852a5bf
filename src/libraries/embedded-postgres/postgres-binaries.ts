import { execFile } from 'node:child_process';
import { existsSync, lstatSync, readFileSync, readdirSync } from 'node:fs';
import { chmod, cp, lstat, mkdir, readdir, rename, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join, parse, relative } from 'node:path';
import { promisify } from 'node:util';
import { EmbeddedPostgresFailure } from './embedded-postgres-failure';
import { SHARED_STATE_DIR, type ServerAccount } from './server-account';

const MIN_MAJOR_VERSION = 15;
const SYSTEM_ROOT = '/usr/lib/postgresql';

/** Paths of a PostgreSQL that the given account can execute. */
export class PostgresBinaries {
  private constructor(
    readonly dir: string,
    readonly major: number,
  ) {}

  /** @param binDir replaces the search for the npm package and the system's PostgreSQL */
  static async locate(account: ServerAccount, binDir?: string): Promise<PostgresBinaries> {
    if (binDir !== undefined) return PostgresBinaries.probe(binDir, account);
    const packageDir = platformPackage();
    if (packageDir !== undefined) {
      await hydrateSymlinks(packageDir);
      const home = join(packageDir, 'native');
      return PostgresBinaries.probe(join(home, 'bin'), account).catch(async (error: unknown) => {
        if (!account.isOther) throw error;
        return PostgresBinaries.probe(join(await copyForOthers(packageDir), 'bin'), account);
      });
    }
    const system = newestSystemPostgres();
    if (system !== undefined) return PostgresBinaries.probe(system, account);
    throw new EmbeddedPostgresFailure(
      'BINARIES_MISSING',
      `no PostgreSQL for ${process.platform}-${process.arch}: ` +
        `neither the optional npm package nor ${SYSTEM_ROOT}/*/bin (${MIN_MAJOR_VERSION} or newer). Set DATABASE_URL.`,
    );
  }

  get initdb(): string {
    return join(this.dir, 'initdb');
  }

  get postgres(): string {
    return join(this.dir, 'postgres');
  }

  get pgCtl(): string {
    return join(this.dir, 'pg_ctl');
  }

  /** Runs `postgres --version` as that account, which checks folder rights, libraries and processor at once. */
  private static async probe(dir: string, account: ServerAccount): Promise<PostgresBinaries> {
    const options = { ...account.identity, env: {}, cwd: parse(dir).root };
    const { stdout } = await promisify(execFile)(join(dir, 'postgres'), ['--version'], options).catch(() => {
      throw new EmbeddedPostgresFailure('BINARIES_UNUSABLE', `${join(dir, 'postgres')} cannot be executed.`);
    });
    const major = Number(/\b(\d+)(?:\.|devel|beta|rc|\s)/.exec(stdout)?.[1]);
    if (!(major >= MIN_MAJOR_VERSION)) {
      throw new EmbeddedPostgresFailure('BINARIES_UNUSABLE', `${dir} is older than PostgreSQL ${MIN_MAJOR_VERSION}.`);
    }
    return new PostgresBinaries(dir, major);
  }
}

/** Resolved from this file instead of the working folder, which could contain another PostgreSQL. */
function platformPackage(): string | undefined {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    return dirname(dirname(require.resolve(`@embedded-postgres/${platform}-${process.arch}`)));
  } catch {
    return undefined;
  }
}

function newestSystemPostgres(): string | undefined {
  const majors = existsSync(SYSTEM_ROOT) ? readdirSync(SYSTEM_ROOT).map(Number) : [];
  const usable = majors.filter((major) => major >= MIN_MAJOR_VERSION).sort((a, b) => b - a);
  return usable
    .map((major) => join(SYSTEM_ROOT, String(major), 'bin'))
    .find((dir) => existsSync(join(dir, 'initdb')) && existsSync(join(dir, 'postgres')));
}

/**
 * npm packages cannot contain symlinks. The package creates them in a postinstall script, which `--ignore-scripts`
 * skips.
 */
async function hydrateSymlinks(packageDir: string): Promise<void> {
  const list = join(packageDir, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(packageDir, target);
    if (lstatSync(path, { throwIfNoEntry: false })) continue;
    await symlink(relative(dirname(target), source), path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

/**
 * Copies the package for the unprivileged account, once per version, when root's project is in a folder that the
 * account cannot enter.
 */
async function copyForOthers(packageDir: string): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8')) as { version: string };
  const target = join(SHARED_STATE_DIR, `${basename(packageDir)}-${version}`);
  if (existsSync(target)) return target;
  await mkdir(SHARED_STATE_DIR, { recursive: true, mode: 0o755 });
  const draft = `${target}.${process.pid}`;
  await cp(join(packageDir, 'native'), draft, { recursive: true, verbatimSymlinks: true });
  await openToOthers(draft);
  await rename(draft, target).catch(() => rm(draft, { recursive: true })); // another process was faster
  return target;
}

/** Installation under a strict umask leaves files that only root can read. */
async function openToOthers(path: string): Promise<void> {
  const entry = await lstat(path);
  if (entry.isSymbolicLink()) return;
  await chmod(path, entry.mode | (entry.isDirectory() || (entry.mode & 0o100) !== 0 ? 0o755 : 0o644));
  if (!entry.isDirectory()) return;
  for (const name of await readdir(path)) await openToOthers(join(path, name));
}
