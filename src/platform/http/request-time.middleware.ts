import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { bodyLimitOf } from './body-limits';

/**
 * How long a caller may take to send a body, which is as long as a slow line needs at 32 kB/s; answers may take as long
 * as they need.
 */
const SHORTEST_REQUEST_MS = 10_000;
const BYTES_PER_SECOND = 32 * 1024;

/** An upload takes as long as its bytes keep coming; silence ends it. */
const UPLOAD_SILENCE_MS = 30_000;

/**
 * What is still coming in when the answer is out is read for that long, so that a sender who listens only at the end
 * hears it.
 */
const LINGER_MS = 5_000;

/** The time within which any request is to be sent, uploads included: the server's own limit. */
export const LONGEST_REQUEST_MS = 60 * 60 * 1000;

/** Ends connections of callers who take too long to send what they have to say. */
export const requestTime =
  (isUpload: (request: Request) => boolean): RequestHandler =>
  (request: Request, response: Response, next: NextFunction) => {
    if (isUpload(request)) {
      request.setTimeout(UPLOAD_SILENCE_MS);
      response.shouldKeepAlive = true; // to close with bytes unread would reset the connection, and the answer with it
      response.once('finish', () => {
        request.resume();
        endAfter(LINGER_MS, request);
      });
    } else {
      const timer = endAfter(SHORTEST_REQUEST_MS + (bodyLimitOf(request) / BYTES_PER_SECOND) * 1000, request);
      response.once('close', () => clearTimeout(timer));
    }
    next();
  };

/** Unless everything has come in by then. */
function endAfter(milliseconds: number, request: Request): NodeJS.Timeout {
  return setTimeout(() => {
    if (!request.complete) request.socket.destroy();
  }, milliseconds).unref();
}
