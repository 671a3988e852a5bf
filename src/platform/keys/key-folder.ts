import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '../../kernel/domain-error';
import { syncFolder } from '../files/sync-folder';

const HAS_MODE_BITS = process.platform !== 'win32';
const OPEN_TO_GROUP_OR_OTHERS = 0o077;

/**
 * The folder of key files (`LETHE_KEYS_DIR`), shared by all processes of one database. A key file is written once, with
 * mode 0400, and never changed. When several processes start, the first one creates the key and the others read it.
 *
 * Errors: `KEY_FILE_TOO_OPEN` when group or others have any right on a key file, `KEY_FILE_MALFORMED` when its content
 * cannot be a key. Both name the file, never its content. A malformed key is never replaced, because everything
 * encrypted with it would be lost.
 */
export class KeyFolder {
  constructor(private readonly dir: string) {}

  /** Creates the folder with mode 0700 if it does not exist. */
  static async open(dir: string): Promise<KeyFolder> {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    return new KeyFolder(dir);
  }

  /**
   * Reads a binary key of exactly `bytes` bytes. Creates it if it does not exist, at random unless `generate` is given.
   */
  async readOrCreate(
    name: string,
    bytes: number,
    generate: () => Buffer | Promise<Buffer> = () => randomBytes(bytes),
  ): Promise<Buffer> {
    const key = (await this.read(name)) ?? (await this.create(name, await generate()));
    if (key.length !== bytes) throw new DomainError('KEY_FILE_MALFORMED', { file: name });
    return key;
  }

  /** Reads a binary key of exactly `bytes` bytes; null when it does not exist. */
  async readKey(name: string, bytes: number): Promise<Buffer | null> {
    const key = await this.read(name);
    if (key !== null && key.length !== bytes) throw new DomainError('KEY_FILE_MALFORMED', { file: name });
    return key;
  }

  /**
   * Reads a textual key that matches `form`, and creates it if it does not exist. The file ends with a line break, the
   * result does not.
   */
  async readOrCreateText(name: string, form: RegExp, generate: () => string | Promise<string>): Promise<string> {
    const content = (await this.read(name)) ?? (await this.create(name, Buffer.from(`${await generate()}\n`)));
    const text = content.toString().trim();
    if (!form.test(text)) throw new DomainError('KEY_FILE_MALFORMED', { file: name });
    return text;
  }

  /** Reads a textual key file, trimmed; null when it does not exist. */
  async readText(name: string): Promise<string | null> {
    return (await this.read(name))?.toString().trim() ?? null;
  }

  /** The names of the key files, in no particular order. */
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

  /** Returns the content of the file: `content`, or the key of a process that was faster. */
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
      // link(2) refuses an existing name, which rename(2) would overwrite, and publishes only a complete file
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

/** Maps the expected file system error to null. */
function unless(expected: string): (error: NodeJS.ErrnoException) => null {
  return (error) => {
    if (error.code === expected) return null;
    throw error;
  };
}
