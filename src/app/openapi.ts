import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { SESSION_SCHEME } from '../platform/auth/authorize.decorator';
import { PLAIN_SESSION_COOKIE, SESSION_COOKIE } from '../platform/auth/session-cookie';
import { ProblemDocument } from '../platform/http/problem-document';

/** The first version that defines what `nullable` means beside other keywords. */
const OPENAPI_VERSION = '3.0.3';

/** Schema that allows null alone; OpenAPI 3.0 has no type for it. */
const NULL = { type: 'string', nullable: true, enum: [null] };

/** The OpenAPI document of the API, as shown at `/api/docs` and stored in `docs/openapi.json`. */
export function buildOpenApi(app: NestExpressApplication): OpenAPIObject {
  const about = new DocumentBuilder()
    .setTitle('Lethe')
    .setDescription('Customer backend for hearing-aid and optician chains: anonymizes customers and keeps the books')
    .setVersion('v1')
    .setOpenAPIVersion(OPENAPI_VERSION)
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
  const document = SwaggerModule.createDocument(app, about, {
    extraModels: [ProblemDocument],
    operationIdFactory: operationIdOf,
  });
  return JSON.parse(JSON.stringify(document, allowNull)) as OpenAPIObject;
}

/**
 * Makes a nullable schema allow null. In OpenAPI, `nullable` only adds null to the type beside it: an enum must list
 * null itself, and a reference needs null as an alternative.
 */
function allowNull(_key: string, value: unknown): unknown {
  if (!isNullable(value)) return value;
  if (value.enum !== undefined) return { ...value, enum: [...new Set([...value.enum, null])] };
  if (value.allOf === undefined) return value;
  return { ...value, nullable: undefined, type: undefined, allOf: undefined, anyOf: [...value.allOf, NULL] };
}

const isNullable = (value: unknown): value is { readonly enum?: unknown[]; readonly allOf?: unknown[] } =>
  typeof value === 'object' && value !== null && 'nullable' in value && value.nullable === true;

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
