import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { bodyLimitOf } from './body-limits';

/**
 * Time for sending a body: a fixed part, plus the time that a slow connection needs at 32 kB/s. Responses have no
 * limit.
 */
const MIN_REQUEST_TIMEOUT_MS = 10_000;
const BYTES_PER_SECOND = 32 * 1024;

/** An upload is cut when no bytes arrive for this long. Only {@link MAX_REQUEST_TIMEOUT_MS} limits its total time. */
const UPLOAD_IDLE_TIMEOUT_MS = 30_000;

/**
 * Time for which the rest of an upload is read after the response, for clients that read the response only when they
 * have sent everything.
 */
const LINGER_MS = 5_000;

/** The server's limit for sending any request, including uploads. */
export const MAX_REQUEST_TIMEOUT_MS = 60 * 60 * 1000;

/** Closes connections of callers who send their request too slowly. */
export const requestTime =
  (isUpload: (request: Request) => boolean): RequestHandler =>
  (request: Request, response: Response, next: NextFunction) => {
    if (isUpload(request)) {
      request.setTimeout(UPLOAD_IDLE_TIMEOUT_MS);
      // closing with unread bytes would reset the connection, and the client would lose the response
      response.shouldKeepAlive = true;
      response.once('finish', () => {
        request.resume();
        endAfter(LINGER_MS, request);
      });
    } else {
      const timer = endAfter(MIN_REQUEST_TIMEOUT_MS + (bodyLimitOf(request) / BYTES_PER_SECOND) * 1000, request);
      response.once('close', () => clearTimeout(timer));
    }
    next();
  };

/** Closes the connection after this time unless the request is complete. */
function endAfter(milliseconds: number, request: Request): NodeJS.Timeout {
  return setTimeout(() => {
    if (!request.complete) request.socket.destroy();
  }, milliseconds).unref();
}
