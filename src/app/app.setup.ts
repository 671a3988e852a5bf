import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import type { IncomingMessage, Server } from 'node:http';
import helmet from 'helmet';
import { serveOpenApi } from './openapi';
import { LetheConfig } from '../platform/config/lethe-config';
import { BODY_LIMITS, bodyLimitOf } from '../platform/http/body-limits';
import { refuseOddShape } from '../platform/http/body-shape';
import { correlationIdMiddleware } from '../platform/http/correlation-id.middleware';
import { ProblemFilter } from '../platform/http/problem.filter';
import { nulInUrlMiddleware, requestForm } from '../platform/http/request-form.middleware';
import { nothingElseMiddleware } from '../platform/http/route';
import { RequestGate } from '../platform/http/request-gate';
import { requestLog } from '../platform/http/request-log.middleware';
import { RequestStatistics } from '../platform/http/request-statistics';
import { MAX_REQUEST_TIMEOUT_MS, requestTime } from '../platform/http/request-time.middleware';
import { ValidationPipe } from '../platform/http/validation.pipe';
import { useOwnLogger } from '../platform/logging/own-logger';
import { servePortal } from './portal-files';

/** Routes that accept file uploads besides JSON. */
const UPLOADS = /^\/api\/v1\/customers\/[^/]+\/documents\/?$/i;

const PERMISSIONS = 'camera=(), geolocation=(), microphone=(), payment=(), usb=()';

const HEADERS_TIMEOUT_MS = 10_000;
/** How often Node checks for connections past their timeouts; its default is 30 s. */
const TIMEOUT_CHECK_INTERVAL_MS = 2_000;
/**
 * Longer than the idle timeout of common load balancers (60 s), so that the server never closes a connection that they
 * are about to reuse.
 */
const KEEP_ALIVE_TIMEOUT_MS = 65_000;

/**
 * Configures everything between the socket and the controllers. Create the application with `bodyParser: false`, and
 * call this before `init` or `listen`.
 */
export function configureApp(app: NestExpressApplication, portalFolder?: string): void {
  const logger = useOwnLogger(app);
  app.setGlobalPrefix('api/v1');
  app.disable('x-powered-by');
  // A proxy in front of the product is in a private network and sets the caller's address; no other host is trusted.
  if (app.get(LetheConfig).publicUrl !== undefined) app.set('trust proxy', ['loopback', 'linklocal', 'uniquelocal']);
  app.disable('etag'); // an ETag is the version of a customer; controllers set it
  app.use(correlationIdMiddleware, requestLog(logger, app.get(RequestStatistics)));
  app.use(requestTime(isUpload), ...securityHeaders());
  const gate = app.get(RequestGate);
  app.use(gate.beforeBody, nulInUrlMiddleware, requestForm(isUpload));
  for (const limit of BODY_LIMITS) app.useBodyParser('json', { limit, type: isJsonWithin(limit) });
  app.use(gate.admit, refuseOddShape);
  app.useGlobalPipes(new ValidationPipe());
  app.useGlobalFilters(new ProblemFilter(logger));
  limitTimes(app.getHttpServer());
  serveOpenApi(app);
  servePortal(app, portalFolder);
  app.use(nothingElseMiddleware); // every other route outside of the API must be registered before it
}

/**
 * Leaves out `upgrade-insecure-requests`: the product is also served over plain HTTP, for example on localhost, where
 * upgraded requests would fail.
 */
const securityHeaders = () => [
  helmet({
    xFrameOptions: { action: 'deny' },
    contentSecurityPolicy: {
      directives: {
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"], // the portal's components set CSS variables in style elements
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        frameSrc: ["'self'", 'blob:'], // document previews
        frameAncestors: ["'none'"],
        upgradeInsecureRequests: null,
      },
    },
  }),
  permissionsPolicy,
];

/** Denies browser features that the portal does not need. */
function permissionsPolicy(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('Permissions-Policy', PERMISSIONS);
  next();
}

/** Matches requests to routes with this body limit. */
const isJsonWithin = (limit: number) => (message: IncomingMessage) => {
  const request = message as Request;
  return bodyLimitOf(request) === limit && request.is('application/json') !== false;
};

const isUpload = ({ method, path }: Request): boolean => method === 'POST' && UPLOADS.test(path);

/** Node's server with an option of `createServer` that Node reads when the server starts to listen. */
type TimedServer = Server & { connectionsCheckingInterval?: number };

/**
 * Sets the timeouts of the server. `requestTime` limits how long a request may take to arrive; responses have no limit.
 */
function limitTimes(server: TimedServer): void {
  server.connectionsCheckingInterval = TIMEOUT_CHECK_INTERVAL_MS;
  server.requestTimeout = MAX_REQUEST_TIMEOUT_MS;
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.keepAliveTimeout = KEEP_ALIVE_TIMEOUT_MS;
}
