import { createHash } from 'node:crypto';

/*
 * RFC 6962, section 2.1, implemented literally over a list of leaves: slow, and independent of the code it is compared
 * with.
 */

const sha256 = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** The largest power of two smaller than n. */
function k(n: number): number {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
}

/** MTH(D[n]). */
export function mth(leaves: readonly Uint8Array[]): Buffer {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return sha256(Buffer.from('00', 'hex'), leaves[0]!);
  const split = k(leaves.length);
  return sha256(Buffer.from('01', 'hex'), mth(leaves.slice(0, split)), mth(leaves.slice(split)));
}

/** PATH(m, D[n]). */
export function path(m: number, leaves: readonly Uint8Array[]): Buffer[] {
  if (leaves.length === 1) return [];
  const split = k(leaves.length);
  return m < split
    ? [...path(m, leaves.slice(0, split)), mth(leaves.slice(split))]
    : [...path(m - split, leaves.slice(split)), mth(leaves.slice(0, split))];
}

/** PROOF(m, D[n]). */
export const proof = (m: number, leaves: readonly Uint8Array[]): Buffer[] => subproof(m, leaves, true);

function subproof(m: number, leaves: readonly Uint8Array[], isKnown: boolean): Buffer[] {
  if (m === leaves.length) return isKnown ? [] : [mth(leaves)];
  const split = k(leaves.length);
  return m <= split
    ? [...subproof(m, leaves.slice(0, split), isKnown), mth(leaves.slice(split))]
    : [...subproof(m - split, leaves.slice(split), false), mth(leaves.slice(0, split))];
}
