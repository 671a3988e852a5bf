import {
  claimedSize,
  HASH_BYTES,
  type Leaf,
  leafHash,
  type Ledger,
  type LogVerdict,
  LogVerifier,
  type NoteVerifier,
  TILE_HASHES,
} from '../../../libraries/transparency-log';
import { SELECT_PAGE, SELECT_SIZES, SELECT_UNPLACED } from '../queries/database-log.queries';
import { DataMapReferences } from './data-map-references';
import { LedgerCopy } from './ledger-copy';
import type { ReadRows } from './read-rows';
import { StoredTiles } from './stored-tiles';

const PAGE = 1_000;
/** Pages read ahead while one is verified, since reading takes longer than hashing. */
const AHEAD = 3;

interface EntryRow {
  readonly sequence: number;
  /** null when no entry has this sequence */
  readonly canonical: string | null;
  /** whether the columns that are searched differ from the text */
  readonly isDifferent: boolean | null;
}

interface Sizes {
  readonly sequenced: number;
  readonly leaves: number;
  /** size of the newest checkpoint that the database knows to be in the ledger */
  readonly recorded: number;
}

/**
 * Verifies the log in the database against its own tree, the ledger, and the checkpoints of both. The log may grow
 * meanwhile.
 */
export class DatabaseLog {
  constructor(
    private readonly read: ReadRows,
    private readonly ledger: Ledger,
  ) {}

  /** @param anchor a checkpoint that was kept elsewhere */
  async verify(verifiers: readonly NoteVerifier[], anchor: string | null = null): Promise<LogVerdict> {
    // In this order: every recorded checkpoint is in the ledger, and every entry of the ledger has a sequence in the
    // database.
    const { recorded } = await this.sizes();
    const copy = await LedgerCopy.open(this.ledger);
    const references = new DataMapReferences();
    const leaves = this.leaves(await this.sizes(), copy, references);
    const checkpoints = copy.checkpointsWith(this.recordedCheckpoints(recorded));
    const verdict = await LogVerifier.verify({ leaves, checkpoints, anchor }, verifiers).finally(() => copy.close());
    if (verdict.problem !== null) return verdict;
    if (copy.size < recorded) return { ...verdict, problem: 'LEDGER_NOT_THERE' };
    return (await this.hasUnplaced()) ? { ...verdict, problem: 'ENTRY_UNPLACED' } : references.checked(verdict);
  }

  private async *leaves(
    { sequenced, leaves, recorded }: Sizes,
    copy: LedgerCopy,
    references: DataMapReferences,
  ): AsyncGenerator<Leaf | null> {
    const tiles = new StoredTiles(this.read);
    const size = Math.max(sequenced, leaves, recorded);
    // logs of earlier versions get leaves when they are sequenced for the first time
    const isTreeThere = leaves > 0 || recorded > 0;
    const coming: Promise<EntryRow[]>[] = [];
    for (let from = 0; from < size; from += PAGE) {
      for (let asked = coming.length; asked <= AHEAD; asked++) coming.push(this.page(from + asked * PAGE, size));
      const rows = await coming.shift()!;
      for (let sequence = from + 1; sequence <= Math.min(from + PAGE, size); sequence++) {
        const row = rows[sequence - from - 1];
        if (row?.sequence !== sequence || row.canonical === null) {
          yield null;
          return;
        }
        references.add(row.canonical);
        const hash = leafHash(row.canonical);
        const doubt =
          (isTreeThere ? await doubtOfTree(tiles, sequence - 1, hash) : null) ??
          ((await copy.hasNext(row.canonical)) ? null : 'LEDGER_DIFFERS') ??
          (row.isDifferent ? 'COLUMNS_DIFFER' : null);
        yield { hash, doubt };
      }
    }
  }

  private page(from: number, size: number): Promise<EntryRow[]> {
    const page =
      from < size ? this.read<EntryRow>(SELECT_PAGE, [from, Math.min(from + PAGE, size)]) : Promise.resolve([]);
    page.catch(() => undefined); // reported when the page is awaited
    return page;
  }

  private async *recordedCheckpoints(upTo: number): AsyncGenerator<string, undefined> {
    for (let last = -1; ;) {
      const rows = await this.read<{ size: number; note: string }>(
        'SELECT size::float8 AS size, note FROM audit.checkpoint WHERE size > $1 AND size <= $2 ORDER BY size LIMIT $3',
        [last, upTo, PAGE],
      );
      if (rows.length === 0) return;
      // the size is the database's claim; a note of another size is not the recorded one
      for (const { size, note } of rows) yield claimedSize(note) === size ? note : '';
      last = rows.at(-1)!.size;
    }
  }

  private async sizes(): Promise<Sizes> {
    return (await this.read<Sizes>(SELECT_SIZES, []))[0]!;
  }

  private async hasUnplaced(): Promise<boolean> {
    return (await this.read<{ unplaced: boolean }>(SELECT_UNPLACED, []))[0]!.unplaced;
  }
}

async function doubtOfTree(tiles: StoredTiles, index: number, hash: Buffer): Promise<Leaf['doubt']> {
  const [tile, at] = [Math.floor(index / TILE_HASHES), (index % TILE_HASHES) * HASH_BYTES];
  const stored = await tiles.leaves(tile);
  if (!hash.equals(stored.subarray(at, at + HASH_BYTES))) return 'LEAF_HASH_DIFFERS';
  const isLast = index % TILE_HASHES === TILE_HASHES - 1;
  return isLast && !(await tiles.matchesStoredRoots(tile)) ? 'TILE_DIFFERS' : null;
}
