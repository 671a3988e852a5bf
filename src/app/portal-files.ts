import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { constants } from 'node:zlib';
import compression from 'compression';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';

/** The portal's build output, next to the compiled sources. */
const FOLDER = join(__dirname, basename(dirname(dirname(__dirname))) === 'dist' ? '../../portal' : '../../dist/portal');

/** A high compression level pays off: the files change only with an update, and browsers cache them. */
const SMALL = { brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } } };

const NAMED_BY_CONTENT = 'public, max-age=31536000, immutable';
const ASKED_FOR_AGAIN = 'no-cache';

/** Sets a cache header that replaces the API's default `no-store`. */
const caching = (rule: string) => (response: Response) => response.setHeader('Cache-Control', rule);

/**
 * Serves the portal if it has been built: its files below `/`, and its index page for every other address outside of
 * the API.
 */
export function servePortal(app: NestExpressApplication, folder = FOLDER): void {
  if (!existsSync(join(folder, 'index.html'))) return;
  // Not for the API, because compression would reveal the length of secrets in responses.
  app.use(/^(?!\/api\/)/, compression(SMALL));
  app.useStaticAssets(join(folder, 'assets'), {
    prefix: '/assets',
    index: false,
    setHeaders: caching(NAMED_BY_CONTENT),
  });
  app.useStaticAssets(folder, { index: false, setHeaders: caching(ASKED_FOR_AGAIN) });
  app.use((request: Request, response: Response, next: NextFunction) => {
    if (!isPage(request)) return next();
    caching(ASKED_FOR_AGAIN)(response);
    response.sendFile(join(folder, 'index.html'));
  });
}

/** Whether the request navigates to a page. A missing file is a 404. */
const isPage = ({ method, path, headers }: Request): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  !/^\/(?:api|assets)(?:\/|$)/.test(path) &&
  headers.accept?.includes('text/html') === true;
