import type { Request } from 'express';

const KILOBYTE = 1024;

/**
 * Largest JSON body of a route that names none of its own: a record with a note of 10,000 characters takes 40 kB at
 * most.
 */
const LARGEST_BODY = 64 * KILOBYTE;

/** Routes below `/api/v1` with another limit, in bytes. */
const LARGEST_BODY_OF: readonly (readonly [RegExp, number])[] = [
  // user name and password, each of 200 characters
  [/^auth\//, 4 * KILOBYTE],
  // 10,000 ids of customers take about 400 kB, 10,000 customer numbers up to 1 MB
  [/^(?:anonymization-runs|selections(?:\/count)?)\/?$/, 1024 * KILOBYTE],
  // 1,000 lines
  [/^customers\/[^/]+\/invoices\/?$/, 1024 * KILOBYTE],
];

/** Every limit there is, in bytes. */
export const BODY_LIMITS = [...new Set([LARGEST_BODY, ...LARGEST_BODY_OF.map(([, bytes]) => bytes)])];

/**
 * How many bytes of JSON the route takes, after decompression. It is known before the caller is, so it holds for
 * everybody.
 */
export function bodyLimitOf({ path }: Pick<Request, 'path'>): number {
  const route = path.toLowerCase().replace(/^\/api\/v1\//, '');
  return LARGEST_BODY_OF.find(([pattern]) => pattern.test(route))?.[1] ?? LARGEST_BODY;
}
