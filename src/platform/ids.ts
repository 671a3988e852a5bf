import { NIL, parse, stringify, v7 } from 'uuid';

/** Less than every id; the start of a scan in id order. */
export const NIL_UUID: string = NIL;

/** A UUID version 7 (RFC 9562): ordered by time, and unique even after a restore. */
export const newId = (): string => v7();

/** Milliseconds since 1970: the first 48 bits of a UUID version 7. */
export const millisecondsOf = (id: string): number => parseInt(id.slice(0, 8) + id.slice(9, 13), 16);

/**
 * `count` ids in order. Only the first is drawn, the others increment it (RFC 9562 section 6.2, method 2), because
 * drawing needs a system call.
 */
export function newIds(count: number): string[] {
  const bytes = parse(newId());
  return Array.from({ length: count }, (_, index) => stringify(index === 0 ? bytes : increment(bytes)));
}

/** Increments the last 62 bits, which follow the variant. */
function increment(bytes: Uint8Array): Uint8Array {
  for (let at = 15; at > 8; at--) if ((bytes[at] = (bytes[at]! + 1) & 0xff) !== 0) return bytes;
  bytes[8] = 0x80 | ((bytes[8]! + 1) & 0x3f);
  return bytes;
}
