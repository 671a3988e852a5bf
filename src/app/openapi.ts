import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { SESSION_SCHEME } from '../platform/auth/authorize.decorator';
import { PLAIN_SESSION_COOKIE, SESSION_COOKIE } from '../platform/auth/session-cookie';
import { ProblemDocument } from '../platform/http/problem-document';

/** The OpenAPI document of the API, as shown at `/api/docs` and stored in `docs/openapi.json`. */
export function buildOpenApi(app: NestExpressApplication): OpenAPIObject {
  const about = new DocumentBuilder()
    .setTitle('Lethe')
    .setDescription('Customer backend for hearing-aid and optician chains: anonymizes customers and keeps the books')
    .setVersion('v1')
    .addBearerAuth()
    .addCookieAuth(
      SESSION_COOKIE,
      {
        type: 'apiKey',
        in: 'cookie',
        description:
          `For browsers, set by POST /auth/session; \`${PLAIN_SESSION_COOKIE}\` over plain HTTP. ` +
          `Non-GET requests also need \`X-CSRF-Token\`.`,
      },
      SESSION_SCHEME,
    )
    .build();
  return SwaggerModule.createDocument(app, about, {
    extraModels: [ProblemDocument],
    operationIdFactory: operationIdOf,
  });
}

/** The document as text that changes only with the API: routes and schemas are in alphabetical order. */
export function renderOpenApi(document: OpenAPIObject): string {
  const { schemas, ...components } = document.components ?? {};
  const paths = Object.entries(document.paths).map(([path, operations]) => [path, inOrder(operations)] as const);
  const ordered = {
    ...document,
    paths: inOrder(Object.fromEntries(paths)),
    components: { ...components, schemas: inOrder(schemas ?? {}) },
  };
  return `${JSON.stringify(ordered, null, 2)}\n`;
}

const inOrder = (members: object): object =>
  Object.fromEntries(Object.entries(members).sort(([one], [other]) => (one < other ? -1 : 1)));

/**
 * Serves Swagger UI at `/api/docs` and the document at `/api/docs-json` and `/api/openapi.json`. Builds the document on
 * the first request.
 */
export function serveOpenApi(app: NestExpressApplication): void {
  let built: OpenAPIObject | undefined;
  const document = () => (built ??= buildOpenApi(app));
  SwaggerModule.setup('api/docs', app, document, { raw: ['json'], customSiteTitle: 'Lethe API' });
  app.use('/api/openapi.json', (_request: Request, response: Response) => {
    response.json(document());
  });
}

/** `LogInController.handle` → `logIn`. There is one controller per use case, so its name identifies the operation. */
function operationIdOf(controller: string, method: string): string {
  const useCase = controller.replace(/Controller$/, '');
  const name = useCase.charAt(0).toLowerCase() + useCase.slice(1);
  return method === 'handle' ? name : `${name}_${method}`;
}
