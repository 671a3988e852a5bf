import type { NextFunction, Request, Response } from 'express';
import { DomainError } from '../../kernel/domain-error';

/** The API reads JSON only; a form or a file would be parsed as nothing and fail later with a misleading code. */
export function jsonOnlyMiddleware(request: Request, _response: Response, next: NextFunction): void {
  const { 'transfer-encoding': encoding, 'content-length': length = '0' } = request.headers;
  const hasBody = encoding !== undefined || length !== '0';
  next(hasBody && !request.is('application/json') ? new DomainError('UNSUPPORTED_MEDIA_TYPE') : undefined);
}

/** PostgreSQL's text cannot hold the character NUL, so it is refused where it comes in, for all routes. */
export function nulInUrlMiddleware(request: Request, _response: Response, next: NextFunction): void {
  next(request.url.includes('%00') ? new DomainError('MALFORMED_REQUEST') : undefined);
}

/** The same for JSON, as its reviver. */
export function refuseNul(_key: string, value: unknown): unknown {
  if (typeof value === 'string' && value.includes('\0')) throw new SyntaxError('NUL');
  return value;
}
