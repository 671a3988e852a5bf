import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '../../../kernel/domain-error';

export const ENTRIES_PER_FILE = 65_536;
const ENTRY_FILE = /^(\d{12})\.jsonl$/;

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

  /** The first `count` checkpoints, oldest first; '' in place of one that cannot be read. */
  async *checkpoints(count = Infinity): AsyncGenerator<string, undefined> {
    for await (const line of linesOf(this.checkpointFile)) {
      if (count-- <= 0) return;
      yield noteOf(line);
    }
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

  /** @param first how many entries come before the file's */
  file(first: number): string {
    return join(this.folder, 'entries', `${String(first).padStart(12, '0')}.jsonl`);
  }

  get checkpointFile(): string {
    return join(this.folder, 'checkpoints.jsonl');
  }

  async files(): Promise<number[]> {
    const names = await readdir(join(this.folder, 'entries')).catch(absent([]));
    const places = names.flatMap((name) => ENTRY_FILE.exec(name)?.[1] ?? []);
    return places.map(Number).sort((one, other) => one - other);
  }
}

async function* linesOf(path: string): AsyncGenerator<string> {
  if ((await stat(path).catch(absent(null))) === null) return;
  let rest = '';
  for await (const chunk of createReadStream(path, 'utf8') as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    yield* lines;
  } // what is left has no end: whoever writes it is still at it, or died
}

function noteOf(line: string): string {
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
