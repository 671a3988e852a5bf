import type { Request } from 'express';

const KILOBYTE = 1024;

/**
 * Largest JSON body, in bytes, of a route without a limit of its own. A record with a note of 10,000 characters takes
 * at most 40 kB.
 */
const MAX_BODY_BYTES = 64 * KILOBYTE;

/** Routes below `/api/v1` with a limit of their own, in bytes. */
const MAX_BODY_BYTES_BY_ROUTE: readonly (readonly [RegExp, number])[] = [
  // user name and password, each of 200 characters
  [/^auth\//, 4 * KILOBYTE],
  // 10,000 customer ids take about 400 kB, 10,000 customer numbers up to 1 MB
  [/^(?:anonymization-runs|selections(?:\/count)?)\/?$/, 1024 * KILOBYTE],
  // 1,000 lines
  [/^customers\/[^/]+\/invoices\/?$/, 1024 * KILOBYTE],
];

/** All limits, in bytes. */
export const BODY_LIMITS = [...new Set([MAX_BODY_BYTES, ...MAX_BODY_BYTES_BY_ROUTE.map(([, bytes]) => bytes)])];

/**
 * Largest JSON body of the route in bytes, after decompression. The limit is the same for every caller, because it
 * applies before the caller is identified.
 */
export function bodyLimitOf({ path }: Pick<Request, 'path'>): number {
  const route = path.toLowerCase().replace(/^\/api\/v1\//, '');
  return MAX_BODY_BYTES_BY_ROUTE.find(([pattern]) => pattern.test(route))?.[1] ?? MAX_BODY_BYTES;
}
