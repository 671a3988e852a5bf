import type { Request } from 'express';

const READING = ['GET', 'HEAD', 'OPTIONS'];

export const changesSomething = ({ method }: Request): boolean => !READING.includes(method);

/** Checks the headers in which browsers report the origin of a request. A missing header proves nothing either way. */
export function isOfAnotherOrigin(request: Request): boolean {
  const site = request.get('Sec-Fetch-Site');
  if (site !== undefined) return site !== 'same-origin';
  const origin = request.get('Origin');
  return origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== request.get('Host'));
}
