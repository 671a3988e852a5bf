import { completeRoot, HASH_BYTES, TILE_HASHES } from '../../../libraries/transparency-log';
import type { ReadRows } from './read-rows';

interface Tile {
  readonly index: number;
  readonly hashes: Buffer;
}

const NOTHING = Buffer.alloc(0);

/** Reads the stored tree from left to right and keeps the last tile of each level. */
export class StoredTiles {
  private readonly newest = new Map<number, Tile>();

  constructor(private readonly read: ReadRows) {}

  /** The stored hashes of 256 leaves, or fewer at the end of the log. */
  leaves(index: number): Promise<Buffer> {
    return this.hashes(0, index);
  }

  /** Whether the stored roots over a tile of leaves match its hashes. Checks complete tiles only. */
  async matchesStoredRoots(index: number, level = 0): Promise<boolean> {
    const hashes = await this.hashes(level, index);
    if (hashes.length < TILE_HASHES * HASH_BYTES) return true;
    const [above, at] = [Math.floor(index / TILE_HASHES), (index % TILE_HASHES) * HASH_BYTES];
    const parent = await this.hashes(level + 1, above);
    if (!completeRoot(hashes).equals(parent.subarray(at, at + HASH_BYTES))) return false;
    return index % TILE_HASHES < TILE_HASHES - 1 || this.matchesStoredRoots(above, level + 1);
  }

  private async hashes(level: number, index: number): Promise<Buffer> {
    const known = this.newest.get(level);
    if (known?.index === index) return known.hashes;
    const [row] = await this.read<{ hashes: Buffer }>('SELECT hashes FROM audit.tile WHERE level = $1 AND place = $2', [
      level,
      index,
    ]);
    const hashes = row?.hashes ?? NOTHING;
    this.newest.set(level, { index, hashes });
    return hashes;
  }
}
