import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Ledger, Segment } from './ledger';
import { sizeOf } from './ledger-end';
import { LedgerFailure } from './ledger-failure';

const ENTRIES_PER_SEGMENT = 65_536;
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;
/** Lines that are joined without a pause; more would block the event loop. */
const MAX_LINES_PER_WRITE = 500;

/** A file that this writer created. No other writer opens it. */
interface OwnSegment {
  readonly path: string;
  readonly file: FileHandle;
  lines: number;
}

/**
 * Writes the files of one epoch. A resolved promise means that the lines are on the disk.
 *
 * A suspended process does not learn that it has lost the leader election. So a writer creates its own files
 * exclusively and MUST NOT open those of another writer. The new files mark the hand-over; lines that an earlier leader
 * writes afterwards do not count.
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
   * Takes over after the first `size` entries, by default at the end of the ledger. `epoch` MUST be larger than every
   * epoch before.
   *
   * @throws LedgerFailure `LEDGER_TAKEN_OVER` when another process has this epoch or a later one
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

  /** Entries in the ledger, as far as this writer knows. */
  get size(): number {
    return this.written;
  }

  /**
   * Appends entries in the order of their sequences.
   *
   * @throws LedgerFailure `LEDGER_TAKEN_OVER`
   */
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

  /**
   * Publishes a checkpoint. Its entries MUST have been appended before.
   *
   * @throws LedgerFailure `LEDGER_TAKEN_OVER`
   */
  async publish(note: string): Promise<void> {
    await this.requireLead();
    await write(this.checkpoints!, [JSON.stringify(note)]);
  }

  /** Closes its files and removes those that are empty. */
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
    await mkdir(dirname(path), { recursive: true, mode: FOLDER_MODE });
    const file = await open(path, 'ax', FILE_MODE).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'EEXIST' ? new LedgerFailure('LEDGER_TAKEN_OVER', { epoch: this.epoch }) : error;
    });
    this[kind] = { path, file, lines: 0 };
    this.created.add(path);
    await syncFolder(dirname(path));
  }

  /** Fails early: lines after a hand-over would not count. */
  private async requireLead(): Promise<void> {
    const segments = await this.ledger.segments();
    if (segments.some(({ epoch, path }) => epoch >= this.epoch && !this.created.has(path)))
      throw new LedgerFailure('LEDGER_TAKEN_OVER', { epoch: this.epoch });
  }
}

async function write(segment: OwnSegment, lines: readonly string[]): Promise<void> {
  for (let done = 0; done < lines.length; done += MAX_LINES_PER_WRITE)
    await segment.file.appendFile(
      lines
        .slice(done, done + MAX_LINES_PER_WRITE)
        .map((line) => `${line}\n`)
        .join(''),
    );
  await segment.file.datasync();
  segment.lines += lines.length;
}

/** Flushes the lines of the previous leader before new ones build on them. */
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

/** Flushes the folder: a new name survives a power failure only then. Windows cannot open folders. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
