import { NIL, v7 } from 'uuid';

const COUNTER_DIGITS = 12;
const COUNTER_LIMIT = 16 ** COUNTER_DIGITS;

/** Less than every id; the start of a scan in id order. */
export const NIL_UUID: string = NIL;

/** A UUID version 7 (RFC 9562): ordered by time, and unique even after a restore. */
export const newId = (): string => v7();

/** Milliseconds since 1970: the first 48 bits of a UUID version 7. */
export const millisecondsOf = (id: string): number => parseInt(id.slice(0, 8) + id.slice(9, 13), 16);

/**
 * `count` ids in order. Only the first is drawn, the others increment its last 48 bits (RFC 9562 section 6.2, method
 * 2), because drawing needs a system call.
 */
export function newIds(count: number): string[] {
  const first = newId();
  const start = parseInt(first.slice(-COUNTER_DIGITS), 16);
  if (start + count > COUNTER_LIMIT) return newIds(count);
  const head = first.slice(0, -COUNTER_DIGITS);
  return Array.from({ length: count }, (_, at) => head + (start + at).toString(16).padStart(COUNTER_DIGITS, '0'));
}
