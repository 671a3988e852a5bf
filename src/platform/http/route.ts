import type { NextFunction, Request, Response } from 'express';
import { DomainError } from '../../kernel/domain-error';

/**
 * The pattern of the route that serves a request, such as `/api/v1/customers/:id`; a URL itself may hold values and is
 * never logged.
 */
export function routeOf(request: Request): string {
  const route = request.route as { path?: unknown } | undefined;
  // Nest's own route for what nobody serves is `*path`
  return typeof route?.path === 'string' && route.path.startsWith('/') ? route.path : 'UNMATCHED';
}

/**
 * Nest answers unknown routes below its prefix; outside of it Express would answer with a page that repeats the URL.
 */
export function nothingElseMiddleware(request: Request, _response: Response, next: NextFunction): void {
  next(/^\/api\/v1(\/|$)/.test(request.path) ? undefined : new DomainError('ROUTE_NOT_FOUND'));
}
