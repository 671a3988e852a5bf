import { hash as digest } from 'node:crypto';

/*
 * The Merkle tree of RFC 6962, section 2.1. Hashes are 32 bytes of SHA-256. Leaves and inner nodes get different
 * prefixes, so neither can pass for the other.
 */

export const HASH_BYTES = 32;
const LEAF = 0;
const NODE = 1;

const sha256 = (bytes: Uint8Array | string): Buffer => digest('sha256', bytes, 'buffer');

/** The root of a tree without leaves. */
export const EMPTY_ROOT: Buffer = sha256('');

/** The hash of an entry's bytes; a string is encoded as UTF-8. */
export const leafHash = (entry: Uint8Array | string): Buffer =>
  sha256(typeof entry === 'string' ? String.fromCharCode(LEAF) + entry : Buffer.concat([Buffer.of(LEAF), entry]));

/** The hash over two subtrees. */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer =>
  sha256(Buffer.concat([Buffer.of(NODE), left, right]));

interface Inclusion {
  /** index of the leaf, from 0 */
  readonly leaf: number;
  /** leaves in the tree */
  readonly size: number;
  readonly hash: Uint8Array;
  readonly proof: readonly Uint8Array[];
  readonly root: Uint8Array;
}

/**
 * Whether the proof leads from the leaf's hash to the root (RFC 9162, section 2.1.3.2). Malformed input gives false.
 *
 * The caller MUST take `size` and `root` from a checkpoint whose signature it has checked, and MUST hash the entry
 * itself.
 */
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

/** Computes the root of a growing tree. Memory is logarithmic in the number of leaves. */
export class GrowingTree {
  /** roots of the complete subtrees from left to right, each smaller than the previous one */
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

/** Division instead of bit operations: a log may have more than 2^31 leaves. */
export const half = (number: number) => Math.floor(number / 2);
export const isCount = (number: number) => Number.isSafeInteger(number) && number >= 0;
export const areHashes = (...hashes: readonly Uint8Array[]) => hashes.every(({ length }) => length === HASH_BYTES);
export const isSame = (one: Uint8Array, other: Uint8Array) => Buffer.compare(one, other) === 0;
