import { HASH_BYTES } from './merkle-tree';
import { rootOf } from './merkle-proofs';
import { completeRoot, type ReadTile, subtreesOf, TILE_HASHES } from './tiles';

export interface Tile {
  readonly level: number;
  readonly index: number;
  readonly hashes: Buffer;
}

/**
 * Integrates sequenced entries into the tiles of a log. It holds the last tile of each level, which is enough for a log
 * of any size.
 *
 * The caller MUST store the tiles of {@link takeChanged} in the same transaction as the entries, and MUST discard the
 * integrator when that fails: it may hold leaves that were rolled back.
 */
export class TileIntegrator {
  private readonly changed = new Map<string, Tile>();

  private constructor(
    private count: number,
    /** by level */
    private readonly edge: Buffer[],
  ) {}

  /**
   * Continues a stored tree.
   *
   * @throws RangeError when the stored tiles hold fewer than `size` leaves
   */
  static async load(size: number, readTile: ReadTile): Promise<TileIntegrator> {
    const edge: Buffer[] = [];
    for (let level = 0, hashes = size; hashes > 0; level++, hashes = Math.floor(hashes / TILE_HASHES)) {
      const rest = hashes % TILE_HASHES;
      const tile = rest === 0 ? Buffer.alloc(0) : await readTile(level, Math.floor(hashes / TILE_HASHES));
      if (tile.length < rest * HASH_BYTES) throw new RangeError('The tree has fewer leaves');
      edge.push(tile.subarray(0, rest * HASH_BYTES));
    }
    return new TileIntegrator(size, edge);
  }

  get size(): number {
    return this.count;
  }

  /** Adds the next leaves, in the order of their sequences. */
  integrate(leafHashes: readonly Buffer[]): void {
    // A tile at a time: adding single hashes would copy a tile 256 times.
    for (let done = 0; done < leafHashes.length;) {
      const room = TILE_HASHES - (this.count % TILE_HASHES);
      const next = leafHashes.slice(done, done + room);
      this.extend(0, Math.floor(this.count / TILE_HASHES), next);
      this.count += next.length;
      done += next.length;
    }
  }

  /** The tiles that have changed since the previous call. */
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

  private extend(level: number, index: number, hashes: readonly Buffer[]): void {
    const tile = Buffer.concat([this.edge[level] ?? Buffer.alloc(0), ...hashes]);
    this.changed.set(`${level}/${index}`, { level, index, hashes: tile });
    const isFull = tile.length === TILE_HASHES * HASH_BYTES;
    this.edge[level] = isFull ? Buffer.alloc(0) : tile;
    if (isFull) this.extend(level + 1, Math.floor(index / TILE_HASHES), [completeRoot(tile)]);
  }
}
