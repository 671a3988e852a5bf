import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { actorIdOf } from '../auth/actor';
import type { Logger } from '../logging/logger';
import { correlationIdOf } from './correlation-id.middleware';
import type { RequestStatistics } from './request-statistics';
import { routeOf } from './route';

/** Logs one line per request when its response ends, and counts the request. */
export const requestLog =
  (logger: Logger, statistics: RequestStatistics): RequestHandler =>
  (request: Request, response: Response, next: NextFunction) => {
    const began = performance.now();
    response.once('close', () => {
      const answer = { method: request.method, route: routeOf(request), status: response.statusCode };
      const milliseconds = performance.now() - began;
      statistics.count(answer, milliseconds / 1000);
      logger.event('request', {
        ...answer,
        durationMs: Math.round(milliseconds),
        // the client disconnected before the response was complete
        aborted: response.writableFinished ? undefined : true,
        correlationId: correlationIdOf(request),
        actorId: actorIdOf(request),
      });
    });
    next();
  };
