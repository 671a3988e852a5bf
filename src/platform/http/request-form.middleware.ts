import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { DomainError } from '../../kernel/domain-error';

const JSON_ONLY = ['application/json'];
const JSON_OR_FORM = [...JSON_ONLY, 'multipart/form-data'];

/** The API reads JSON, and forms with a file where it takes uploads; anything else would be parsed as nothing and fail later with a misleading code. */
export const requestForm =
  (isUpload: (request: Request) => boolean): RequestHandler =>
  (request: Request, _response: Response, next: NextFunction) => {
    const { 'transfer-encoding': encoding, 'content-length': length = '0' } = request.headers;
    const hasBody = encoding !== undefined || length !== '0';
    const accepted = isUpload(request) ? JSON_OR_FORM : JSON_ONLY;
    next(hasBody && !request.is(accepted) ? new DomainError('UNSUPPORTED_MEDIA_TYPE') : undefined);
  };

/** PostgreSQL's text cannot hold the character NUL, so it is refused where it comes in, for all routes. */
export function nulInUrlMiddleware(request: Request, _response: Response, next: NextFunction): void {
  next(request.url.includes('%00') ? new DomainError('MALFORMED_REQUEST') : undefined);
}

/** The same for JSON, as its reviver. */
export function refuseNul(_key: string, value: unknown): unknown {
  if (typeof value === 'string' && value.includes('\0')) throw new SyntaxError('NUL');
  return value;
}
