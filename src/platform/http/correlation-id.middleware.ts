import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';

const HEADER = 'X-Correlation-Id';
const ACCEPTED = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Assigns each request an id that appears in its response, its log lines and its problem document. Accepts a UUID from
 * the caller.
 */
export function correlationIdMiddleware(request: Request, response: Response, next: NextFunction): void {
  const given = request.get(HEADER);
  const id = given !== undefined && ACCEPTED.test(given) ? given : randomUUID();
  response.locals.correlationId = id;
  response.setHeader(HEADER, id);
  response.setHeader('Cache-Control', 'no-store');
  next();
}

export const correlationIdOf = (request: Request): string => String(request.res?.locals.correlationId ?? '');
