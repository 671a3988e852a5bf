import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '../../../kernel/domain-error';
import { syncFolder } from '../../../platform/files/sync-folder';

const ENTRIES_PER_FILE = 65_536;
const ENTRY_FILE = /^(\d{12})\.jsonl$/;
const LINE_FEED = 10;
const FILE_MODE = 0o600;

/**
 * The log outside of the database (architecture section 4): the anchor that a restored database is compared with, and what its erasures are repeated from.
 * Append-only files in a folder that lies and is backed up apart from the database:
 *
 *     entries/000000000000.jsonl   canonical JSON of an entry per line, in their order; 65,536 entries a file, named by how many come before
 *     checkpoints.jsonl            the signed checkpoints (https://c2sp.org/tlog-checkpoint), each as a JSON string, oldest first
 *
 * One process writes, the sequencer; any may read.
 */
export class Ledger {
  constructor(readonly folder: string) {}

  /** Entries that stand in it completely; 0 where there is no ledger. */
  async size(): Promise<number> {
    const last = (await this.files()).at(-1);
    if (last === undefined) return 0;
    let lines = 0;
    for await (const chunk of createReadStream(this.file(last)) as AsyncIterable<Buffer>)
      for (const byte of chunk) if (byte === LINE_FEED) lines++;
    return last + lines;
  }

  /** The checkpoint that was written last; null where there is none. */
  async lastCheckpoint(): Promise<string | null> {
    let last: string | null = null;
    for await (const note of this.checkpoints()) last = note;
    return last;
  }

  /** All checkpoints, oldest first. */
  async *checkpoints(): AsyncGenerator<string> {
    for await (const line of linesOf(this.checkpointFile)) yield readNote(line);
  }

  /** The entries behind the first `skip` ones, in their order, as they were written. */
  async *entries(skip = 0): AsyncGenerator<string> {
    let place = -1;
    for (const first of await this.files()) {
      if (place >= 0 && first !== place) throw new DomainError('LEDGER_INCOMPLETE', { entry: place });
      place = first;
      if (first + ENTRIES_PER_FILE <= skip) place = first + ENTRIES_PER_FILE;
      else for await (const line of linesOf(this.file(first))) if (++place > skip) yield line;
    }
  }

  /** Opens it for the one who writes; cuts off a line that a crash left incomplete. */
  async openForAppending(): Promise<LedgerWriter> {
    await mkdir(join(this.folder, 'entries'), { recursive: true, mode: 0o700 });
    const last = (await this.files()).at(-1);
    if (last !== undefined) await cutIncompleteLine(this.file(last));
    await cutIncompleteLine(this.checkpointFile);
    return new LedgerWriter(this, await this.size());
  }

  /** @param first how many entries come before the file's */
  file(first: number): string {
    return join(this.folder, 'entries', `${String(first).padStart(12, '0')}.jsonl`);
  }

  get checkpointFile(): string {
    return join(this.folder, 'checkpoints.jsonl');
  }

  private async files(): Promise<number[]> {
    const names = await readdir(join(this.folder, 'entries')).catch(absent([]));
    return names
      .flatMap((name) => ENTRY_FILE.exec(name)?.[1] ?? [])
      .map(Number)
      .sort((one, other) => one - other);
  }
}

/** What it has returned from is on the disk. */
export class LedgerWriter {
  private readonly open = new Map<string, FileHandle>();

  constructor(
    private readonly ledger: Ledger,
    private written: number,
  ) {}

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
    await file.appendFile(lines.map((line) => `${line}\n`).join(''));
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

async function* linesOf(path: string): AsyncGenerator<string> {
  if ((await stat(path).catch(absent(null))) === null) return;
  const file = createReadStream(path, 'utf8');
  let rest = '';
  for await (const chunk of file as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    yield* lines;
  } // what is left has no end: whoever writes it is still at it, or died
}

function readNote(line: string): string {
  try {
    const note: unknown = JSON.parse(line);
    if (typeof note === 'string') return note;
  } catch {
    // told below
  }
  throw new DomainError('LEDGER_MALFORMED');
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

function absent<T>(instead: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === 'ENOENT') return instead;
    throw error;
  };
}
