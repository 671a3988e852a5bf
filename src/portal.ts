import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';

/** Where the build puts the portal: beside the compiled sources. */
const FOLDER = join(__dirname, __dirname.endsWith('dist/src') ? '../portal' : '../dist/portal');

/** The pages of the portal, where it is built: its files below `/`, and its one page for every other address that is not the API's. */
export function servePortal(app: NestExpressApplication, folder = FOLDER): void {
  if (!existsSync(join(folder, 'index.html'))) return;
  app.useStaticAssets(join(folder, 'assets'), { prefix: '/assets', index: false, immutable: true, maxAge: '1y' });
  app.useStaticAssets(folder, { index: false, maxAge: 0 });
  app.use((request: Request, response: Response, next: NextFunction) => {
    if (!isPage(request)) return next();
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile(join(folder, 'index.html'));
  });
}

/** An address that somebody has typed or followed; a missing file stays missing. */
const isPage = ({ method, path, headers }: Request): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  !/^\/(?:api|assets)(?:\/|$)/.test(path) &&
  headers.accept?.includes('text/html') === true;
