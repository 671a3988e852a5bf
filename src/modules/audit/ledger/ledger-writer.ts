import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DomainError } from '../../../kernel/domain-error';
import { syncFolder } from '../../../platform/files/sync-folder';
import type { Ledger, Segment } from './ledger';
import { sizeOf } from './ledger-end';

const ENTRIES_PER_SEGMENT = 65_536;
const FILE_MODE = 0o600;
/** Lines that are put together at a stretch: what else the process serves must not wait for a whole batch. */
const WRITTEN_AT_A_STRETCH = 500;

/** A file that this writer created itself; nobody else ever writes to it. */
interface OwnSegment {
  readonly path: string;
  readonly file: FileHandle;
  lines: number;
}

/**
 * Writes the files of one epoch. What it has returned from is on the disk.
 *
 * The advisory lock of the leader ends with its session, and a process that was suspended does not learn it. So no writer touches a file of another one:
 * it creates its own files exclusively, which sets the hand-over, and whatever an earlier leader writes afterwards does not count.
 */
export class LedgerWriter {
  private checkpoints: OwnSegment | undefined;
  private entries: OwnSegment | undefined;
  private readonly created = new Set<string>();

  private constructor(
    private readonly ledger: Ledger,
    private readonly epoch: number,
    private written: number,
  ) {}

  /**
   * Takes over behind the first `size` entries: by default where the ledger ends.
   *
   * @throws DomainError `LEDGER_TAKEN_OVER` when another process has this epoch or a later one
   */
  static async begin(ledger: Ledger, epoch: number, size?: number): Promise<LedgerWriter> {
    await syncEnd(ledger);
    const writer = new LedgerWriter(ledger, epoch, size ?? (await sizeOf(ledger)));
    try {
      await writer.create('entries');
      await writer.create('checkpoints');
      await writer.requireLead();
      return writer;
    } catch (error) {
      await writer.close();
      throw error;
    }
  }

  get size(): number {
    return this.written;
  }

  /** @throws DomainError `LEDGER_TAKEN_OVER` */
  async append(entries: readonly string[]): Promise<void> {
    await this.requireLead();
    for (let done = 0; done < entries.length;) {
      if (this.entries!.lines === ENTRIES_PER_SEGMENT) await this.beginNext();
      const lines = entries.slice(done, done + ENTRIES_PER_SEGMENT - this.entries!.lines);
      await write(this.entries!, lines);
      done += lines.length;
      this.written += lines.length;
    }
  }

  /** @throws DomainError `LEDGER_TAKEN_OVER` */
  async appendCheckpoint(note: string): Promise<void> {
    await this.requireLead();
    await write(this.checkpoints!, [JSON.stringify(note)]);
  }

  /** Removes its own files that hold nothing. */
  async close(): Promise<void> {
    for (const { file, lines, path } of [this.entries, this.checkpoints].filter((segment) => segment !== undefined)) {
      await file.close();
      if (lines === 0) await rm(path, { force: true });
    }
    [this.entries, this.checkpoints] = [undefined, undefined];
  }

  private async beginNext(): Promise<void> {
    const full = this.entries!;
    await this.create('entries');
    await full.file.close();
  }

  private async create(kind: Segment['kind']): Promise<void> {
    const name = `${padded(this.epoch, 8)}-${padded(this.written + 1, 12)}.jsonl`;
    const path = join(this.ledger.folder, kind, name);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(path, 'ax', FILE_MODE).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'EEXIST' ? new DomainError('LEDGER_TAKEN_OVER', { epoch: this.epoch }) : error;
    });
    this[kind] = { path, file, lines: 0 };
    this.created.add(path);
    await syncFolder(dirname(path));
  }

  /** Stops early what would not count anyway. */
  private async requireLead(): Promise<void> {
    const segments = await this.ledger.segments();
    if (segments.some(({ epoch, path }) => epoch >= this.epoch && !this.created.has(path)))
      throw new DomainError('LEDGER_TAKEN_OVER', { epoch: this.epoch });
  }
}

async function write(segment: OwnSegment, lines: readonly string[]): Promise<void> {
  for (let done = 0; done < lines.length; done += WRITTEN_AT_A_STRETCH)
    await segment.file.appendFile(
      lines
        .slice(done, done + WRITTEN_AT_A_STRETCH)
        .map((line) => `${line}\n`)
        .join(''),
    );
  await segment.file.datasync();
  segment.lines += lines.length;
}

/** What an earlier leader wrote may not be on the disk yet, and is built upon. */
async function syncEnd(ledger: Ledger): Promise<void> {
  const last = (await ledger.entrySegments()).at(-1);
  if (last === undefined) return;
  const file = await open(last.path, 'r+');
  try {
    await file.datasync();
  } finally {
    await file.close();
  }
}

const padded = (number: number, digits: number) => String(number).padStart(digits, '0');
