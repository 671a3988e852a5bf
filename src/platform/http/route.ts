import type { NextFunction, Request, Response } from 'express';
import { DomainError } from '../../kernel/domain-error';

/**
 * The route pattern of a request, such as `/api/v1/customers/:id`. Never log a URL itself, because it may contain
 * personal values.
 */
export function routeOf(request: Request): string {
  const route = request.route as { path?: unknown } | undefined;
  // Nest's own catch-all route is `*path`
  return typeof route?.path === 'string' && route.path.startsWith('/') ? route.path : 'UNMATCHED';
}

/** Nest answers unknown routes below its prefix. For all others, Express would send a page that repeats the URL. */
export function nothingElseMiddleware(request: Request, _response: Response, next: NextFunction): void {
  next(/^\/api\/v1(\/|$)/.test(request.path) ? undefined : new DomainError('ROUTE_NOT_FOUND'));
}
