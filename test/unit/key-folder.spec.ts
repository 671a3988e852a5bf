import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { transformFile } from '@swc/core';
import { KeyFolder } from '../../src/platform/keys/key-folder';
import { until } from '../support/until';

const run = promisify(execFile);
const root = join(__dirname, '../..');
const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

describe('KeyFolder', () => {
  let parent: string;
  let dir: string;
  let keys: KeyFolder;

  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'key-folder-'));
    dir = join(parent, 'keys');
    keys = await KeyFolder.open(dir);
  });

  afterEach(() => rm(parent, { recursive: true }));

  it('creates a folder 0700 with key files 0400 and nothing else in it', async () => {
    await keys.readOrCreate('archive.key', 32);

    expect(await modeOf(dir)).toBe('700');
    expect(await modeOf(join(dir, 'archive.key'))).toBe('400');
    expect(await readdir(dir)).toEqual(['archive.key']);
  });

  it('always returns the same key', async () => {
    const key = await keys.readOrCreate('archive.key', 32);

    expect(key).toHaveLength(32);
    expect(await (await KeyFolder.open(dir)).readOrCreate('archive.key', 32)).toEqual(key);
    expect(await readFile(join(dir, 'archive.key'))).toEqual(key);
  });

  it('gets a key from the given generator, and calls it only once', async () => {
    const generate = jest.fn(() => Promise.resolve(Buffer.alloc(16, 7)));

    await keys.readOrCreate('other.key', 16, generate);
    expect(await keys.readOrCreate('other.key', 16, generate)).toEqual(Buffer.alloc(16, 7));
    expect(generate).toHaveBeenCalledTimes(1);
  });

  it('gives ten concurrent callers one key', async () => {
    const made = await Promise.all(Array.from({ length: 10 }, () => keys.readOrCreate('archive.key', 32)));

    expect(new Set(made.map((key) => key.toString('hex'))).size).toBe(1);
    expect(await readdir(dir)).toEqual(['archive.key']);
  });

  it('gives ten concurrent processes one key', async () => {
    for (const source of ['kernel/domain-error', 'platform/files/sync-folder', 'platform/keys/key-folder']) {
      const target = join(parent, `${source}.js`);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, (await transformFile(join(root, 'src', `${source}.ts`), { cwd: root })).code);
    }
    const script = `
      const { existsSync, writeFileSync } = require('node:fs');
      const { KeyFolder } = require(${JSON.stringify(join(parent, 'platform/keys/key-folder.js'))});
      writeFileSync(process.argv[2] + process.pid, '');
      while (!existsSync(process.argv[2])); // all at once
      KeyFolder.open(process.argv[1]).then((keys) => keys.readOrCreate('shared.key', 32))
        .then((key) => process.stdout.write(key.toString('hex')));`;
    const gate = join(parent, 'gate');
    const asked = Promise.all(
      Array.from({ length: 10 }, () => run(process.execPath, ['-e', script, join(parent, 'shared'), gate])),
    );
    const waiting = async () => (await readdir(parent)).filter((name) => name.startsWith('gate'));
    await until('all are at the gate', async () => (await waiting()).length === 10);
    await writeFile(gate, '');
    const made = await asked;

    expect(new Set(made.map(({ stdout }) => stdout)).size).toBe(1);
    expect(made[0]?.stdout).toMatch(/^[0-9a-f]{64}$/);
    expect(await readdir(join(parent, 'shared'))).toEqual(['shared.key']);
  });

  it.each([0o440, 0o404, 0o444, 0o420, 0o644])('refuses a key file that other users can read (%o)', async (mode) => {
    await keys.readOrCreate('archive.key', 32);
    await chmod(join(dir, 'archive.key'), mode);

    const refused = { code: 'KEY_FILE_TOO_OPEN', extensions: { file: 'archive.key' } };
    await expect(keys.readOrCreate('archive.key', 32)).rejects.toMatchObject(refused);
    await expect(keys.readText('archive.key')).rejects.toMatchObject(refused);
  });

  it.each([0, 31, 33])('refuses a key file of %i bytes and does not change it', async (bytes) => {
    const path = join(dir, 'archive.key');
    await writeFile(path, Buffer.alloc(bytes, 1), { mode: 0o400 });

    await expect(keys.readOrCreate('archive.key', 32)).rejects.toMatchObject({
      code: 'KEY_FILE_MALFORMED',
      extensions: { file: 'archive.key' },
    });
    expect(await readFile(path)).toEqual(Buffer.alloc(bytes, 1));
  });

  it('stores a textual key as a line and reads it without the line break', async () => {
    expect(await keys.readText('name')).toBeNull();
    expect(await keys.readOrCreateText('name', /^[a-z]+$/, () => 'lethe')).toBe('lethe');
    expect(await keys.readText('name')).toBe('lethe');
    expect(await readFile(join(dir, 'name'), 'utf8')).toBe('lethe\n');
    await expect(keys.readOrCreateText('name', /^[0-9]+$/, () => '1')).rejects.toMatchObject({
      code: 'KEY_FILE_MALFORMED',
    });
  });

  it('leaves no files when the generator fails', async () => {
    await expect(keys.readOrCreate('archive.key', 32, () => Promise.reject(new Error('no entropy')))).rejects.toThrow(
      'no entropy',
    );
    expect(await readdir(dir)).toEqual([]);
  });
});
