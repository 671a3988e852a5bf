import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LedgerFailure } from './ledger-failure';

const KINDS = ['entries', 'checkpoints'] as const;
const SEGMENT_NAME = /^(?:(\d{8})-)?(\d{12})\.jsonl$/;

/** A file of the ledger, written by the leader of one epoch. */
export interface Segment {
  readonly kind: (typeof KINDS)[number];
  readonly path: string;
  readonly epoch: number;
  /** sequence of its first entry; for a checkpoint file, of the first entry that its leader wrote */
  readonly first: number;
  /** sequence at which a later leader took over; lines from there on are set aside */
  readonly end: number;
}

/**
 * A log as append-only files. It MUST be stored and backed up apart from the database that it is compared with.
 *
 *     entries/00000007-000000012346.jsonl       one entry a line, from sequence 12,346 on
 *     checkpoints/00000007-000000012346.jsonl   signed checkpoints, each as a JSON string
 *     entries/000000065536.jsonl, checkpoints.jsonl   epoch 0, named by the number of entries before
 *
 * An entry MUST NOT contain a line feed. A leader MUST write files of its own epoch only. A later epoch begins where
 * its leader found the end; lines that an earlier leader writes from that sequence on do not count.
 */
export class Ledger {
  constructor(readonly folder: string) {}

  /** The first `count` checkpoints, oldest first; '' for one that cannot be read. */
  async *checkpoints(count = Infinity): AsyncGenerator<string, undefined> {
    for (const { kind, path, end } of await this.segments()) {
      if (kind !== 'checkpoints') continue;
      for await (const line of linesOf(path)) {
        const note = noteOf(line);
        if (claimedSize(note) >= end) continue;
        if (count-- <= 0) return;
        yield note;
      }
    }
  }

  /**
   * The entries after the first `skip`, as they were written.
   *
   * @throws LedgerFailure `LEDGER_INCOMPLETE` when a file ends before the next one begins
   */
  async *entries(skip = 0): AsyncGenerator<string> {
    const segments = await this.entrySegments();
    let last = 0;
    for (const [index, { path, first, end }] of segments.entries()) {
      if (first !== last + 1) throw new LedgerFailure('LEDGER_INCOMPLETE', { entry: last });
      const next = segments[index + 1]?.first ?? Infinity;
      if (next <= skip + 1) last = next - 1;
      else
        for await (const line of linesOf(path)) {
          if (last + 1 >= end) break;
          if (++last > skip) yield line;
        }
    }
  }

  /** The entry files that hold at least one entry that counts, ordered by sequence. */
  async entrySegments(): Promise<Segment[]> {
    return (await this.segments()).filter(({ kind, first, end }) => kind === 'entries' && first < end);
  }

  /** Every file, ordered by epoch and sequence. */
  async segments(): Promise<Segment[]> {
    const files = await this.files();
    files.sort((one, other) => one.epoch - other.epoch || one.first - other.first);
    let [epoch, end, begin] = [Infinity, Infinity, Infinity];
    for (const file of files.toReversed()) {
      if (file.epoch !== epoch) [epoch, end] = [file.epoch, begin];
      begin = Math.min(begin, file.first);
      file.end = end;
    }
    return files;
  }

  private async files(): Promise<Writable<Segment>[]> {
    const legacy = join(this.folder, 'checkpoints.jsonl');
    const files: Writable<Segment>[] = [{ kind: 'checkpoints', path: legacy, epoch: 0, first: 1, end: 0 }];
    for (const kind of KINDS)
      for (const name of await readdir(join(this.folder, kind)).catch(absent([]))) {
        const [, epoch, number] = SEGMENT_NAME.exec(name) ?? [];
        const first = epoch === undefined ? Number(number) + 1 : Number(number);
        const path = join(this.folder, kind, name);
        if (number !== undefined) files.push({ kind, path, epoch: Number(epoch ?? 0), first, end: 0 });
      }
    return files;
  }
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** The size that a checkpoint claims; NaN without one. It MUST NOT be used as a proof: the signature is not checked. */
export const claimedSize = (note: string): number => Number(/^[^\n]*\n(\d{1,16})\n/.exec(note)?.[1] ?? NaN);

/** The complete lines of a file; none when the file does not exist. */
export async function* linesOf(path: string): AsyncGenerator<string> {
  if ((await stat(path).catch(absent(null))) === null) return;
  let rest = '';
  for await (const chunk of createReadStream(path, 'utf8') as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    yield* lines;
  } // a last line without a line feed is still being written, or was torn by a crash
}

/** The note in a line of a checkpoint file; '' for a torn line. */
export function noteOf(line: string): string {
  try {
    const note: unknown = JSON.parse(line);
    return typeof note === 'string' ? note : '';
  } catch {
    return '';
  }
}

export function absent<T>(instead: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === 'ENOENT') return instead;
    throw error;
  };
}
