import { createHash } from 'node:crypto';

/*
 * The Merkle tree of RFC 6962, section 2.1: hashes are 32 bytes of SHA-256, and leaves and inner nodes are hashed apart, so that none can pass for the
 * other. Nothing but node:crypto: a verifier has to be readable in one sitting.
 */

export const HASH_BYTES = 32;
const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

/** The root of a tree without leaves. */
export const EMPTY_ROOT: Buffer = createHash('sha256').digest();

export const leafHash = (entry: Uint8Array | string): Buffer =>
  createHash('sha256').update(LEAF).update(entry).digest();

export const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer =>
  createHash('sha256').update(NODE).update(left).update(right).digest();

/** The root of the complete subtree that covers the leaves from `index · 2^height` on, `2^height` of them. */
export type Subtrees = (height: number, index: number) => Buffer | Promise<Buffer>;

/** The root of the first `size` leaves. */
export const rootOf = (size: number, subtrees: Subtrees): Promise<Buffer> =>
  size === 0 ? Promise.resolve(EMPTY_ROOT) : rangeRoot(0, size, subtrees);

/** Shows that a leaf is in the tree of the first `size` leaves: the hashes beside its way to the root, from the leaf upwards. */
export async function inclusionProof(leaf: number, size: number, subtrees: Subtrees): Promise<Buffer[]> {
  if (!(leaf >= 0 && leaf < size)) throw new RangeError('There is no such leaf');
  const proof: Buffer[] = [];
  for (let from = 0, to = size; to - from > 1;) {
    const middle = from + largestPowerBelow(to - from);
    proof.unshift(await (leaf < middle ? rangeRoot(middle, to, subtrees) : rangeRoot(from, middle, subtrees)));
    if (leaf < middle) to = middle;
    else from = middle;
  }
  return proof;
}

/** Shows that the tree of the first `older` leaves is the beginning of that of the first `newer` (RFC 6962, section 2.1.2). */
export async function consistencyProof(older: number, newer: number, subtrees: Subtrees): Promise<Buffer[]> {
  if (!(older >= 0 && older <= newer)) throw new RangeError('The older tree is the larger one');
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

interface Inclusion {
  readonly leaf: number;
  readonly size: number;
  readonly hash: Uint8Array;
  readonly proof: readonly Uint8Array[];
  readonly root: Uint8Array;
}

/** Whether the proof leads from the leaf's hash to the root (RFC 9162, section 2.1.3.2). */
export function provesInclusion({ leaf, size, hash, proof, root }: Inclusion): boolean {
  if (!isCount(leaf) || !isCount(size) || leaf >= size || !areHashes(hash, root, ...proof)) return false;
  let node = leaf;
  let last = size - 1;
  let computed: Uint8Array = hash;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      computed = nodeHash(sibling, computed);
      for (; node % 2 === 0 && node !== 0; node /= 2) last = half(last);
    } else computed = nodeHash(computed, sibling);
    node = half(node);
    last = half(last);
  }
  return last === 0 && isSame(computed, root);
}

interface Consistency {
  readonly older: number;
  readonly newer: number;
  readonly olderRoot: Uint8Array;
  readonly newerRoot: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/** Whether the proof shows that the older tree is the beginning of the newer one (RFC 9162, section 2.1.4.2). */
export function provesConsistency({ older, newer, olderRoot, newerRoot, proof }: Consistency): boolean {
  if (!isCount(older) || !isCount(newer) || older > newer || older === 0) return false; // of nothing everything is a continuation
  if (older === newer) return proof.length === 0 && isSame(olderRoot, newerRoot);
  if (!areHashes(olderRoot, newerRoot, ...proof)) return false;
  const path = isPowerOfTwo(older) ? [olderRoot, ...proof] : proof;
  let node = older - 1;
  let last = newer - 1;
  for (; node % 2 === 1; node = half(node)) last = half(last);
  const [first, ...siblings] = path;
  if (first === undefined) return false;
  let oldComputed = first;
  let newComputed = first;
  for (const sibling of siblings) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      oldComputed = nodeHash(sibling, oldComputed);
      newComputed = nodeHash(sibling, newComputed);
      for (; node % 2 === 0 && node !== 0; node /= 2) last = half(last);
    } else newComputed = nodeHash(newComputed, sibling);
    node = half(node);
    last = half(last);
  }
  return last === 0 && isSame(oldComputed, olderRoot) && isSame(newComputed, newerRoot);
}

/** Grows by leaves and knows its root, in memory that grows with the logarithm of its size. */
export class GrowingTree {
  /** roots of the complete subtrees from left to right, each smaller than the one before */
  private readonly peaks: { readonly height: number; readonly hash: Buffer }[] = [];
  private leaves = 0;

  get size(): number {
    return this.leaves;
  }

  get root(): Buffer {
    const [last, ...others] = this.peaks.map(({ hash }) => hash).reverse();
    return last === undefined ? EMPTY_ROOT : others.reduce((right, left) => nodeHash(left, right), last);
  }

  append(hash: Buffer): void {
    let peak = { height: 0, hash };
    for (let last = this.peaks.at(-1); last?.height === peak.height; last = this.peaks.at(-1)) {
      this.peaks.pop();
      peak = { height: peak.height + 1, hash: nodeHash(last.hash, peak.hash) };
    }
    this.peaks.push(peak);
    this.leaves++;
  }
}

async function rangeRoot(from: number, to: number, subtrees: Subtrees): Promise<Buffer> {
  const leaves = to - from;
  if (isPowerOfTwo(leaves)) return subtrees(Math.log2(leaves), from / leaves);
  const middle = from + largestPowerBelow(leaves);
  return nodeHash(await rangeRoot(from, middle, subtrees), await rangeRoot(middle, to, subtrees));
}

/** Numbers, not bit operations: a log may have more than 2^31 leaves. */
const half = (number: number) => Math.floor(number / 2);
const largestPowerBelow = (number: number) => 2 ** Math.ceil(Math.log2(number) - 1);
const isPowerOfTwo = (number: number) => Number.isInteger(Math.log2(number));
const isCount = (number: number) => Number.isSafeInteger(number) && number >= 0;
const areHashes = (...hashes: readonly Uint8Array[]) => hashes.every(({ length }) => length === HASH_BYTES);
const isSame = (one: Uint8Array, other: Uint8Array) => Buffer.compare(one, other) === 0;
