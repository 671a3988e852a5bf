import { HASH_BYTES, nodeHash } from '../proof/merkle-tree';
import type { Subtrees } from './merkle-proofs';

/** Hashes of a tile, and levels of the tree that one spans (https://c2sp.org/tlog-tiles). */
export const TILE_HASHES = 256;
const TILE_HEIGHT = 8;

/** The hashes of a tile one behind the other; fewer than 256 in the last one of its level. */
export type ReadTile = (level: number, place: number) => Promise<Buffer>;

/** The tree's subtrees, worked out of its tiles; each tile is read once. */
export function subtreesOf(readTile: ReadTile): Subtrees {
  const known = new Map<string, Promise<Buffer>>();
  const tile = (level: number, place: number): Promise<Buffer> => {
    const key = `${level}/${place}`;
    let hashes = known.get(key);
    if (hashes === undefined) known.set(key, (hashes = readTile(level, place)));
    return hashes;
  };
  return async (height, index) => {
    const width = 2 ** (height % TILE_HEIGHT);
    const first = index * width;
    const hashes = await tile(Math.floor(height / TILE_HEIGHT), Math.floor(first / TILE_HASHES));
    const from = first % TILE_HASHES;
    if (hashes.length < (from + width) * HASH_BYTES) throw new RangeError('The tree is not as large');
    return completeRoot(hashes.subarray(from * HASH_BYTES, (from + width) * HASH_BYTES));
  };
}

/** The root over hashes whose number is a power of two. */
export function completeRoot(hashes: Buffer): Buffer {
  if (hashes.length === HASH_BYTES) return hashes;
  const middle = hashes.length / 2;
  return nodeHash(completeRoot(hashes.subarray(0, middle)), completeRoot(hashes.subarray(middle)));
}
