import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from '../../../platform/files/sync-folder';
import { absent, ENTRIES_PER_FILE, type Ledger } from './ledger';
import { LINE_FEED, sizeOf } from './ledger-end';

const FILE_MODE = 0o600;
/** Lines that are put together at a stretch: what else the process serves must not wait for a whole batch. */
const WRITTEN_AT_A_STRETCH = 500;

/** The one that writes the ledger. What it has returned from is on the disk. */
export class LedgerWriter {
  private readonly open = new Map<string, FileHandle>();

  private constructor(
    private readonly ledger: Ledger,
    private written: number,
  ) {}

  /** Cuts off a line that a crash left incomplete. */
  static async open(ledger: Ledger): Promise<LedgerWriter> {
    await mkdir(join(ledger.folder, 'entries'), { recursive: true, mode: 0o700 });
    const last = (await ledger.files()).at(-1);
    if (last !== undefined) await cutIncompleteLine(ledger.file(last));
    await cutIncompleteLine(ledger.checkpointFile);
    return new LedgerWriter(ledger, await sizeOf(ledger));
  }

  get size(): number {
    return this.written;
  }

  async append(entries: readonly string[]): Promise<void> {
    for (let done = 0; done < entries.length;) {
      const first = this.written - (this.written % ENTRIES_PER_FILE);
      const lines = entries.slice(done, done + first + ENTRIES_PER_FILE - this.written);
      await this.write(this.ledger.file(first), lines);
      done += lines.length;
      this.written += lines.length;
    }
  }

  async appendCheckpoint(note: string): Promise<void> {
    await this.write(this.ledger.checkpointFile, [JSON.stringify(note)]);
  }

  async close(): Promise<void> {
    for (const file of this.open.values()) await file.close();
    this.open.clear();
  }

  private async write(path: string, lines: readonly string[]): Promise<void> {
    const file = this.open.get(path) ?? (await this.begin(path));
    for (let done = 0; done < lines.length; done += WRITTEN_AT_A_STRETCH)
      await file.appendFile(
        lines
          .slice(done, done + WRITTEN_AT_A_STRETCH)
          .map((line) => `${line}\n`)
          .join(''),
      );
    await file.datasync();
  }

  private async begin(path: string): Promise<FileHandle> {
    if (path !== this.ledger.checkpointFile)
      // the file before it is full
      for (const [other, file] of this.open)
        if (other !== this.ledger.checkpointFile) {
          await file.close();
          this.open.delete(other);
        }
    const file = await open(path, 'a', FILE_MODE);
    this.open.set(path, file);
    await syncFolder(join(path, '..'));
    return file;
  }
}

async function cutIncompleteLine(path: string): Promise<void> {
  const file = await open(path, 'r+').catch(absent(null));
  if (file === null) return;
  try {
    const { size } = await file.stat();
    const tail = Buffer.alloc(Math.min(size, 2 ** 20)); // far longer than any entry
    await file.read(tail, 0, tail.length, size - tail.length);
    const end = tail.lastIndexOf(LINE_FEED) + 1;
    if (end < tail.length) {
      await file.truncate(size - tail.length + end);
      await file.sync();
    }
  } finally {
    await file.close();
  }
}
