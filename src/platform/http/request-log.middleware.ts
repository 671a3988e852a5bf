import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { actorIdOf } from '../auth/actor';
import type { Logger } from '../logging/logger';
import { correlationIdOf } from './correlation-id.middleware';
import { routeOf } from './route';

/** One line per request, once its answer is out. */
export const requestLog =
  (logger: Logger): RequestHandler =>
  (request: Request, response: Response, next: NextFunction) => {
    const began = performance.now();
    response.once('close', () =>
      logger.event('request', {
        method: request.method,
        route: routeOf(request),
        status: response.statusCode,
        durationMs: Math.round(performance.now() - began),
        // the caller went away before the answer was complete
        aborted: response.writableFinished ? undefined : true,
        correlationId: correlationIdOf(request),
        actorId: actorIdOf(request),
      }),
    );
    next();
  };
