import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { DomainError } from '../../kernel/domain-error';

const JSON_ONLY = ['application/json'];
const JSON_OR_FORM = [...JSON_ONLY, 'multipart/form-data'];

/**
 * Accepts JSON bodies, and on upload routes also forms. Any other body would be parsed as empty, and the request would
 * fail later with a misleading code.
 */
export const requestForm =
  (isUpload: (request: Request) => boolean): RequestHandler =>
  (request: Request, _response: Response, next: NextFunction) => {
    const { 'transfer-encoding': encoding, 'content-length': length = '0' } = request.headers;
    const hasBody = encoding !== undefined || length !== '0';
    const accepted = isUpload(request) ? JSON_OR_FORM : JSON_ONLY;
    next(hasBody && !request.is(accepted) ? new DomainError('UNSUPPORTED_MEDIA_TYPE') : undefined);
  };

/**
 * Refuses the NUL character in the URL of any route, because PostgreSQL cannot store it in text. `refuseOddShape` does
 * the same for JSON.
 */
export function nulInUrlMiddleware(request: Request, _response: Response, next: NextFunction): void {
  next(request.url.includes('%00') ? new DomainError('MALFORMED_REQUEST') : undefined);
}
