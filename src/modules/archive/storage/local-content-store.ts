import { randomUUID } from 'node:crypto';
import { mkdir, open, opendir, readdir, rename, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { DomainError } from '../../../kernel/domain-error';
import type { ContentStore } from './content-store';
import { syncFolder } from '../../../platform/files/sync-folder';

const CONTENT_ID = /^[0-9a-f-]{36}$/;
const FAN_OUT = /^[0-9a-f-]{2}$/;
const INCOMING = 'incoming';
const ABANDONED_AFTER_MS = 24 * 60 * 60 * 1000;

/**
 * Stores contents as files (0600) in one directory (0700), shared by all processes of a host: `<dir>/<last two>/<two
 * before>/<id>`. The end of an id spreads evenly over the 65,536 folders; its beginning would not, because a UUID v7
 * starts with the time.
 */
export class LocalContentStore implements ContentStore {
  private constructor(private readonly dir: string) {}

  /** Creates the directory and clears abandoned files. */
  static async open(dir: string): Promise<LocalContentStore> {
    await mkdir(join(dir, INCOMING), { recursive: true, mode: 0o700 });
    const store = new LocalContentStore(dir);
    await store.clearAbandoned();
    return store;
  }

  async clearAbandoned(): Promise<void> {
    const incoming = join(this.dir, INCOMING);
    for (const name of await readdir(incoming)) {
      const path = join(incoming, name);
      const upload = await stat(path).catch(nullIfMissing);
      if (upload && upload.mtimeMs < Date.now() - ABANDONED_AFTER_MS) await rm(path, { force: true });
    }
  }

  async put(id: string, content: Readable): Promise<{ size: number }> {
    const path = this.pathOf(id);
    // A stream that failed before it is read would end the process; reading it then throws its error.
    content.on('error', () => undefined);
    const upload = join(this.dir, INCOMING, randomUUID());
    try {
      const size = await writeDurably(upload, content);
      await this.publish(upload, path);
      return { size };
    } catch (error) {
      content.destroy();
      await rm(upload, { force: true });
      throw error;
    }
  }

  async open(id: string): Promise<Readable> {
    const file = await open(this.pathOf(id), 'r').catch(nullIfMissing);
    if (!file) throw new DomainError('DOCUMENT_CONTENT_MISSING', { contentId: id });
    return file.createReadStream();
  }

  async remove(id: string): Promise<void> {
    const path = this.pathOf(id);
    await unlink(path).catch(nullIfMissing);
    // also when the file was already gone: an earlier attempt may have been killed before this sync
    await syncFolder(dirname(path)).catch(nullIfMissing);
  }

  async *list(): AsyncIterable<string> {
    for (const first of await readdir(this.dir)) {
      if (!FAN_OUT.test(first)) continue;
      for (const second of await readdir(join(this.dir, first))) {
        for await (const { name } of await opendir(join(this.dir, first, second))) {
          if (CONTENT_ID.test(name)) yield name;
        }
      }
    }
  }

  private pathOf(id: string): string {
    if (!CONTENT_ID.test(id)) throw new DomainError('CONTENT_ID_INVALID');
    return join(this.dir, id.slice(-2), id.slice(-4, -2), id);
  }

  private async publish(upload: string, path: string): Promise<void> {
    const folder = dirname(path);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await rename(upload, path);
    for (const level of [folder, dirname(folder), this.dir]) await syncFolder(level);
  }
}

async function writeDurably(path: string, content: Readable): Promise<number> {
  const file = await open(path, 'wx', 0o600);
  try {
    await writeFile(file, content);
    await file.sync();
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}

function nullIfMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
