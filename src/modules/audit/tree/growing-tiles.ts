import { HASH_BYTES } from '../proof/merkle-tree';
import { rootOf } from './merkle-proofs';
import { completeRoot, type ReadTile, subtreesOf, TILE_HASHES } from './tiles';

export interface Tile {
  readonly level: number;
  readonly place: number;
  readonly hashes: Buffer;
}

/** The right edge of the tree: the last tile of each level. All that is needed to append to a log of any size. */
export class GrowingTiles {
  private readonly changed = new Map<string, Tile>();

  private constructor(
    private count: number,
    /** by level */
    private readonly edge: Buffer[],
  ) {}

  /** Reads the edge of a tree of `size` leaves. */
  static async load(size: number, readTile: ReadTile): Promise<GrowingTiles> {
    const edge: Buffer[] = [];
    for (let level = 0, hashes = size; hashes > 0; level++, hashes = Math.floor(hashes / TILE_HASHES)) {
      const rest = hashes % TILE_HASHES;
      const tile = rest === 0 ? Buffer.alloc(0) : await readTile(level, Math.floor(hashes / TILE_HASHES));
      if (tile.length < rest * HASH_BYTES) throw new RangeError('The tree is not as large');
      edge.push(tile.subarray(0, rest * HASH_BYTES));
    }
    return new GrowingTiles(size, edge);
  }

  get size(): number {
    return this.count;
  }

  append(leafHashes: readonly Buffer[]): void {
    // a tile at a time: growing one hash by hash would copy it 256 times
    for (let done = 0; done < leafHashes.length;) {
      const room = TILE_HASHES - (this.count % TILE_HASHES);
      const next = leafHashes.slice(done, done + room);
      this.extend(0, Math.floor(this.count / TILE_HASHES), next);
      this.count += next.length;
      done += next.length;
    }
  }

  /** The tiles that have grown since they were taken the last time, as they are now. */
  takeChanged(): Tile[] {
    const tiles = [...this.changed.values()];
    this.changed.clear();
    return tiles;
  }

  get root(): Promise<Buffer> {
    return rootOf(
      this.count,
      subtreesOf((level) => Promise.resolve(this.edge[level] ?? Buffer.alloc(0))),
    );
  }

  private extend(level: number, place: number, hashes: readonly Buffer[]): void {
    const tile = Buffer.concat([this.edge[level] ?? Buffer.alloc(0), ...hashes]);
    this.changed.set(`${level}/${place}`, { level, place, hashes: tile });
    const isFull = tile.length === TILE_HASHES * HASH_BYTES;
    this.edge[level] = isFull ? Buffer.alloc(0) : tile;
    if (isFull) this.extend(level + 1, Math.floor(place / TILE_HASHES), [completeRoot(tile)]);
  }
}
