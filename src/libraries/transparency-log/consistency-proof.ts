import { areHashes, half, isCount, isSame, nodeHash } from './merkle-tree';

interface Consistency {
  /** leaves in each of the two trees */
  readonly older: number;
  readonly newer: number;
  readonly olderRoot: Uint8Array;
  readonly newerRoot: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/**
 * Whether the proof shows that the older tree is a prefix of the newer one (RFC 9162, section 2.1.4.2). Malformed input
 * gives false.
 *
 * The caller MUST take sizes and roots from checkpoints whose signatures it has checked. It MUST NOT ask about an empty
 * older tree: the answer is false.
 */
export function provesConsistency({ older, newer, olderRoot, newerRoot, proof }: Consistency): boolean {
  // every tree extends the empty one, so a proof would show nothing
  if (!isCount(older) || !isCount(newer) || older > newer || older === 0) return false;
  if (older === newer) return proof.length === 0 && isSame(olderRoot, newerRoot);
  if (!areHashes(olderRoot, newerRoot, ...proof)) return false;
  const path = Number.isInteger(Math.log2(older)) ? [olderRoot, ...proof] : proof;
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
