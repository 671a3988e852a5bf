import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '../../kernel/domain-error';
import { syncFolder } from '../files/sync-folder';

const HAS_MODE_BITS = process.platform !== 'win32';
const OPEN_TO_GROUP_OR_OTHERS = 0o077;

/**
 * The folder of key files (`LETHE_KEYS_DIR`), shared by all processes of one database. A key file is written once, mode
 * 0400, and never changed: whichever process is first makes the key, the others read that one.
 *
 * Errors: `KEY_FILE_TOO_OPEN` when group or others have any right on a key file, `KEY_FILE_MALFORMED` when its content
 * cannot be a key; both name the file, never its content. A malformed key is never replaced: what it encrypted would be
 * lost for good.
 */
export class KeyFolder {
  constructor(private readonly dir: string) {}

  /** Makes the folder, mode 0700, unless it is there. */
  static async open(dir: string): Promise<KeyFolder> {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    return new KeyFolder(dir);
  }

  /** A binary key of exactly `bytes` bytes; random, unless `generate` says otherwise. */
  async readOrCreate(
    name: string,
    bytes: number,
    generate: () => Buffer | Promise<Buffer> = () => randomBytes(bytes),
  ): Promise<Buffer> {
    const key = (await this.read(name)) ?? (await this.create(name, await generate()));
    if (key.length !== bytes) throw new DomainError('KEY_FILE_MALFORMED', { file: name });
    return key;
  }

  /** A binary key of exactly `bytes` bytes; null when there is none. */
  async readKey(name: string, bytes: number): Promise<Buffer | null> {
    const key = await this.read(name);
    if (key !== null && key.length !== bytes) throw new DomainError('KEY_FILE_MALFORMED', { file: name });
    return key;
  }

  /** A textual key that matches `form`. The file ends in a line break, the result does not. */
  async readOrCreateText(name: string, form: RegExp, generate: () => string | Promise<string>): Promise<string> {
    const content = (await this.read(name)) ?? (await this.create(name, Buffer.from(`${await generate()}\n`)));
    const text = content.toString().trim();
    if (!form.test(text)) throw new DomainError('KEY_FILE_MALFORMED', { file: name });
    return text;
  }

  /** A textual key file without the white space around it; null when there is none. */
  async readText(name: string): Promise<string | null> {
    return (await this.read(name))?.toString().trim() ?? null;
  }

  /** The names of the key files, in no order. */
  async names(): Promise<string[]> {
    return (await readdir(this.dir)).filter((name) => !name.startsWith('.'));
  }

  private async read(name: string): Promise<Buffer | null> {
    const file = await open(join(this.dir, name), 'r').catch(unless('ENOENT'));
    if (!file) return null;
    try {
      const { mode } = await file.stat();
      if (HAS_MODE_BITS && mode & OPEN_TO_GROUP_OR_OTHERS) throw new DomainError('KEY_FILE_TOO_OPEN', { file: name });
      return await file.readFile();
    } finally {
      await file.close();
    }
  }

  /** Returns what the file holds now: `content`, or the key of the process that was first. */
  private async create(name: string, content: Buffer): Promise<Buffer> {
    const path = join(this.dir, name);
    const draft = join(this.dir, `.${name}.${randomUUID()}`);
    try {
      const file = await open(draft, 'wx', 0o400);
      try {
        await file.writeFile(content);
        await file.sync();
      } finally {
        await file.close();
      }
      // link(2) refuses an existing name, which rename(2) would overwrite, and shows the file only when it is complete
      await link(draft, path).catch(unless('EEXIST'));
    } finally {
      await rm(draft, { force: true });
    }
    await syncFolder(this.dir);
    const winner = await this.read(name);
    if (!winner) throw new DomainError('KEY_FILE_MALFORMED', { file: name });
    return winner;
  }
}

/** Turns the one expected error of the file system into null. */
function unless(expected: string): (error: NodeJS.ErrnoException) => null {
  return (error) => {
    if (error.code === expected) return null;
    throw error;
  };
}
