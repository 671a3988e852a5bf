import { HASH_BYTES, nodeHash } from './merkle-tree';
import type { Subtrees } from './merkle-proofs';

/** Hashes in a full tile, and levels of the tree that it spans (https://c2sp.org/tlog-tiles). */
export const TILE_HASHES = 256;
const TILE_HEIGHT = 8;

/**
 * Reads the concatenated hashes of a tile.
 *
 * The storage MUST return every hash that the tree of the requested size has: 256 in a full tile, fewer only in the
 * last tile of a level.
 */
export type ReadTile = (level: number, index: number) => Promise<Buffer>;

/**
 * Computes subtrees from tiles. It reads each tile once, so the caller MUST NOT use it for a tree that has grown since.
 */
export function subtreesOf(readTile: ReadTile): Subtrees {
  const known = new Map<string, Promise<Buffer>>();
  const tile = (level: number, index: number): Promise<Buffer> => {
    const key = `${level}/${index}`;
    let hashes = known.get(key);
    if (hashes === undefined) known.set(key, (hashes = readTile(level, index)));
    return hashes;
  };
  return async (height, index) => {
    const width = 2 ** (height % TILE_HEIGHT);
    const first = index * width;
    const hashes = await tile(Math.floor(height / TILE_HEIGHT), Math.floor(first / TILE_HASHES));
    const from = first % TILE_HASHES;
    if (hashes.length < (from + width) * HASH_BYTES) throw new RangeError('The tree has fewer leaves');
    return completeRoot(hashes.subarray(from * HASH_BYTES, (from + width) * HASH_BYTES));
  };
}

/** The root over concatenated hashes. Their number MUST be a power of two. */
export function completeRoot(hashes: Buffer): Buffer {
  if (hashes.length === HASH_BYTES) return hashes;
  const middle = hashes.length / 2;
  return nodeHash(completeRoot(hashes.subarray(0, middle)), completeRoot(hashes.subarray(middle)));
}
