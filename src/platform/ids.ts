import { NIL, parse, stringify, v7 } from 'uuid';

/** Smaller than every id: where a scan in the order of ids begins. */
export const NIL_UUID: string = NIL;

/** UUID version 7 (RFC 9562): ordered by time and never reissued, not even after a restore. */
export const newId = (): string => v7();

/**
 * So many ids, in order. Only the first is drawn: the others count on from it (RFC 9562 section 6.2, method 2), since
 * drawing costs a call of the system.
 */
export function newIds(count: number): string[] {
  const bytes = parse(newId());
  return Array.from({ length: count }, (_, index) => stringify(index === 0 ? bytes : increment(bytes)));
}

/** Counts in the last 62 bits, behind the variant. */
function increment(bytes: Uint8Array): Uint8Array {
  for (let at = 15; at > 8; at--) if ((bytes[at] = (bytes[at]! + 1) & 0xff) !== 0) return bytes;
  bytes[8] = 0x80 | ((bytes[8]! + 1) & 0x3f);
  return bytes;
}
