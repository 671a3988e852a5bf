import type { Request } from 'express';

/** The pattern of the route that serves a request, such as `/api/v1/customers/:id`; a URL itself may hold values and is never logged. */
export function routeOf(request: Request): string {
  const route = request.route as { path?: unknown } | undefined;
  return typeof route?.path === 'string' ? route.path : 'UNMATCHED';
}
