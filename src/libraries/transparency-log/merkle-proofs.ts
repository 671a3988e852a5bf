import { EMPTY_ROOT, nodeHash } from './merkle-tree';

/** The root of the complete subtree over `2^height` leaves, the first of which has the index `index · 2^height`. */
export type Subtrees = (height: number, index: number) => Buffer | Promise<Buffer>;

/** The root of the tree of the first `size` leaves. */
export const rootOf = (size: number, subtrees: Subtrees): Promise<Buffer> =>
  size === 0 ? Promise.resolve(EMPTY_ROOT) : rangeRoot(0, size, subtrees);

/**
 * The proof that a leaf is in the tree of the first `size` leaves: the sibling hashes on the path to the root, from the
 * leaf upwards.
 *
 * @param leaf index of the leaf, from 0
 * @throws RangeError when the tree has no such leaf
 */
export async function inclusionProof(leaf: number, size: number, subtrees: Subtrees): Promise<Buffer[]> {
  if (!(leaf >= 0 && leaf < size)) throw new RangeError('The tree has no such leaf');
  const proof: Buffer[] = [];
  for (let from = 0, to = size; to - from > 1;) {
    const middle = from + largestPowerBelow(to - from);
    proof.unshift(await (leaf < middle ? rangeRoot(middle, to, subtrees) : rangeRoot(from, middle, subtrees)));
    if (leaf < middle) to = middle;
    else from = middle;
  }
  return proof;
}

/**
 * The proof that the tree of the first `older` leaves is a prefix of the tree of the first `newer` (RFC 6962, section
 * 2.1.2).
 *
 * @throws RangeError when `older` exceeds `newer`
 */
export async function consistencyProof(older: number, newer: number, subtrees: Subtrees): Promise<Buffer[]> {
  if (!(older >= 0 && older <= newer)) throw new RangeError('The older tree is larger than the newer one');
  if (older === 0 || older === newer) return [];
  const proof: Buffer[] = [];
  let from = 0;
  let to = newer;
  while (older !== to) {
    const middle = from + largestPowerBelow(to - from);
    proof.unshift(await (older <= middle ? rangeRoot(middle, to, subtrees) : rangeRoot(from, middle, subtrees)));
    if (older <= middle) to = middle;
    else from = middle;
  }
  if (from > 0) proof.unshift(await rangeRoot(from, to, subtrees));
  return proof;
}

async function rangeRoot(from: number, to: number, subtrees: Subtrees): Promise<Buffer> {
  const leaves = to - from;
  if (isPowerOfTwo(leaves)) return subtrees(Math.log2(leaves), from / leaves);
  const middle = from + largestPowerBelow(leaves);
  return nodeHash(await rangeRoot(from, middle, subtrees), await rangeRoot(middle, to, subtrees));
}

const largestPowerBelow = (number: number) => 2 ** Math.ceil(Math.log2(number) - 1);
const isPowerOfTwo = (number: number) => Number.isInteger(Math.log2(number));
