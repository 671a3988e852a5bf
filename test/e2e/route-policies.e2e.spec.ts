import { randomUUID } from 'node:crypto';
import type TestAgent from 'supertest/lib/agent';
import type { Response } from 'supertest';
import { Role } from '../../src/kernel/role';
import { POLICY, type Policy } from '../../src/platform/auth/authorize.decorator';
import { routesOf } from '../support/routes';
import { type Login, TestApp } from '../support/test-app';
import { TIMEOUT_MS } from '../support/until';

const { ADMINISTRATOR, EMPLOYEE, COMPLIANCE } = Role;
const CLERKS = [ADMINISTRATOR, EMPLOYEE];
const OVERSEERS = [ADMINISTRATOR, COMPLIANCE];

type Audience = 'PUBLIC' | 'ANY_ROLE' | readonly Role[];

/** Access by role, repeated here so that a policy cannot change unnoticed. */
const SERVED: Readonly<Record<string, Audience>> = {
  'GET /health/live': 'PUBLIC',
  'GET /health/ready': 'PUBLIC',
  'GET /metrics': 'PUBLIC', // it has a token of its own, and does not exist without one
  'POST /auth/login': 'PUBLIC',
  'GET /auth/me': 'ANY_ROLE',
  'POST /auth/password': 'ANY_ROLE',
  'POST /auth/session': 'PUBLIC',
  'GET /auth/session': 'ANY_ROLE',
  'POST /auth/session/confirmation': 'ANY_ROLE',
  'DELETE /auth/session': 'ANY_ROLE',
  'GET /employees': [ADMINISTRATOR],
  'POST /employees': [ADMINISTRATOR],
  'PATCH /employees/:id': [ADMINISTRATOR],
  'POST /customers/search': CLERKS,
  'POST /customers/duplicates': CLERKS,
  'GET /customers/:id': CLERKS,
  'GET /customers/by-number/:customerNumber': [ADMINISTRATOR, EMPLOYEE, COMPLIANCE],
  'POST /customers': CLERKS,
  'PATCH /customers/:id': CLERKS,
  'POST /customers/:id/merge': [ADMINISTRATOR],
  'POST /customers/:id/merge/preview': [ADMINISTRATOR],
  'GET /customers/:id/documents': CLERKS,
  'POST /customers/:id/documents': CLERKS,
  'GET /customers/:id/personal-data': [ADMINISTRATOR],
  'GET /documents/:id/content': CLERKS,
  ...recordsOfCustomer('addresses', 'relationships', 'memberships', 'insurance-cards', 'consents', 'bank-accounts'),
  ...recordsOfCustomer('invoices', 'quotes', 'receipts', 'service-contracts', 'care-cases', 'device-loans'),
  ...recordsOfCustomer('cards', 'enrollments'),
  'POST /invoices/:id/payments': CLERKS,
  'POST /invoices/:id/credit': CLERKS,
  'POST /invoices/:id/issue': CLERKS,
  'POST /quotes/:id/end': CLERKS,
  'POST /service-contracts/:id/sign': CLERKS,
  'POST /service-contracts/:id/void': CLERKS,
  'POST /service-contracts/:id/terminate': CLERKS,
  'POST /care-cases/:id/complete': CLERKS,
  'POST /care-cases/:id/cancel': CLERKS,
  'POST /device-loans/:id/resolve': CLERKS,
  'POST /cards/:id/invalidate': CLERKS,
  'POST /enrollments/:id/end': CLERKS,
  'GET /reports/revenue': CLERKS,
  'GET /reports/revenue.csv': CLERKS,
  'GET /reports/customers': CLERKS,
  'GET /reports/customers.csv': CLERKS,
  'GET /reports/devices': CLERKS,
  'GET /reports/devices.csv': CLERKS,
  'POST /selections': CLERKS,
  'POST /selections/count': CLERKS,
  'GET /selections': CLERKS,
  'GET /selections/:id': CLERKS,
  'GET /selections/:id/members': CLERKS,
  'POST /selections/:id/mail-merge': CLERKS,
  'POST /customers/:id/anonymization/preview': [ADMINISTRATOR],
  'POST /customers/:id/anonymization': [ADMINISTRATOR],
  'GET /customers/:id/anonymization-receipt': OVERSEERS,
  'POST /anonymization-runs': [ADMINISTRATOR],
  'POST /anonymization-runs/:id/start': [ADMINISTRATOR],
  'POST /anonymization-runs/:id/pause': [ADMINISTRATOR],
  'POST /anonymization-runs/:id/resume': [ADMINISTRATOR],
  'POST /anonymization-runs/:id/cancel': [ADMINISTRATOR],
  'GET /anonymization-runs': OVERSEERS,
  'GET /anonymization-runs/:id': OVERSEERS,
  'GET /anonymization-runs/:id/items': OVERSEERS,
  'GET /anonymization-runs/:id/events': OVERSEERS,
  'GET /anonymization-runs/:id/report.csv': OVERSEERS,
  'POST /customers/:id/legal-hold': [COMPLIANCE],
  'DELETE /customers/:id/legal-hold': [COMPLIANCE],
  'GET /audit-entries': [COMPLIANCE],
  'GET /audit-entries.csv': [COMPLIANCE],
  'GET /audit/checkpoint': [COMPLIANCE],
  'GET /audit/verification': [COMPLIANCE],
  'GET /data-map': OVERSEERS,
  'GET /records-of-processing': OVERSEERS,
  'GET /blocked-customers': OVERSEERS,
};

/** Routes for any role, but only with the cookie of a browser session; codes for calls with a token. */
const OF_A_SESSION: Readonly<Record<string, string>> = {
  'GET /auth/session': 'AUTHENTICATION_REQUIRED',
  'POST /auth/session/confirmation': 'VALIDATION_FAILED', // the body is validated first
  'DELETE /auth/session': 'AUTHENTICATION_REQUIRED',
};

function recordsOfCustomer(...names: readonly string[]): Record<string, Audience> {
  return Object.fromEntries(
    names.flatMap((name) => ['GET', 'POST'].map((method) => [`${method} /customers/:id/${name}`, CLERKS])),
  );
}

/** The API description, served without a controller. */
const DOCUMENTATION = /^\/api\/(?:docs|docs-json|openapi[.]json)(?:\/|$)/;

const PREFIX = '/api/v1';
const LOGINS: Readonly<Record<Login, Role>> = { admin: ADMINISTRATOR, employee: EMPLOYEE, compliance: COMPLIANCE };
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface Route {
  readonly method: string;
  /** below the prefix */
  readonly path: string;
  readonly policy: Policy | undefined;
}

describe('route policies', () => {
  let app: TestApp;
  let routes: Route[];

  beforeAll(async () => {
    app = await TestApp.start();
    routes = routesOf(app).map(({ method, path, handler }) => ({
      method,
      path,
      policy: Reflect.getOwnMetadata(POLICY, handler) as Policy | undefined,
    }));
  });

  afterAll(() => app.stop());

  it('there are routes', () => {
    expect(routes.length).toBeGreaterThan(20);
  });

  it('every route has one', () => {
    expect(routes.filter(({ policy }) => policy === undefined).map(nameOf)).toEqual([]);
  });

  it('every route of the server is one of a controller, or the description of the API', () => {
    const served = routesOfServer(app).filter((route) => !DOCUMENTATION.test(route.slice(route.indexOf(' ') + 1)));
    expect(served.sort()).toEqual(routes.map(({ method, path }) => `${method} ${PREFIX}${path}`).sort());
  });

  it('are those of the table above', () => {
    const unknown = routes.map(nameOf).filter((name) => contractOf(name) === undefined);
    expect(unknown).toEqual([]);
    const declared = Object.fromEntries(routes.map((route) => [nameOf(route), audienceOf(route.policy)]));
    const agreed = Object.fromEntries(routes.map((route) => [nameOf(route), sorted(contractOf(nameOf(route))!)]));
    expect(declared).toEqual(agreed);
  });

  it('every route of the table is served', () => {
    const served = routes.map((route) => shapeOf(nameOf(route)));
    expect(served.sort()).toEqual(Object.keys(SERVED).map(shapeOf).sort());
  });

  describe.each([
    ['no token', undefined],
    ['an invalid token', 'Bearer nonsense'],
    ['a forged token', 'Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJsZXRoZSJ9.c2lnbmF0dXJl'],
    ['an unsigned token', 'Bearer eyJhbGciOiJub25lIn0.eyJpc3MiOiJsZXRoZSJ9.'],
    ['another scheme', 'Basic YWRtaW46YWRtaW4='],
  ])('with %s', (_, authorization) => {
    it('only public routes are served', async () => {
      const wrong: string[] = [];
      for (const route of routes) {
        const agent = app.anonymous();
        const response = await call(
          authorization === undefined ? agent : agent.set('Authorization', authorization),
          route,
        );
        expectForm(response, route);
        const refused = response.status === 401 && codeOf(response) === 'AUTHENTICATION_REQUIRED';
        if (refused === (contractOf(nameOf(route)) === 'PUBLIC'))
          wrong.push(`${nameOf(route)}: ${response.status} ${codeOf(response)}`);
        if (refused) expect(response.headers['www-authenticate']).toBe('Bearer');
      }
      expect(wrong).toEqual([]);
      expect(await refusals()).toEqual([]); // there is no employee whom the log could name
    });
  });

  describe.each(Object.entries(LOGINS) as [Login, Role][])('as %s', (login, role) => {
    it('exactly the routes of the role are served, and every refusal is audited once', async () => {
      const agent = await app.as(login);
      const wrong: string[] = [];
      for (const route of routes) {
        const before = await refusals();
        const response = await call(agent, route);
        expectForm(response, route);
        const found = `${nameOf(route)}: ${response.status} ${codeOf(response)}`;
        const refused = (await refusals()).slice(before.length);
        const ofASession = OF_A_SESSION[nameOf(route)];
        if (ofASession !== undefined) {
          expect([found, refused]).toEqual([`${nameOf(route)}: ${response.status} ${ofASession}`, []]);
        } else if (isFor(contractOf(nameOf(route))!, role)) {
          if (response.status === 401 || response.status === 403) wrong.push(`${found}, although it is allowed`);
          expect([found, refused]).toEqual([found, []]);
        } else {
          if (response.status !== 403 || codeOf(response) !== 'FORBIDDEN')
            wrong.push(`${found}, although it is not allowed`);
          const details = { method: route.method, route: `${PREFIX}${route.path}` };
          expect(refused).toEqual([{ actor_role: role, outcome: 'REFUSED', details }]);
        }
      }
      expect(wrong).toEqual([]);
    });
  });

  async function refusals(): Promise<object[]> {
    const { rows } = await app.sql.query<object>(
      `SELECT content ->> 'actorRole' AS actor_role, content ->> 'outcome' AS outcome, content -> 'details' AS details
       FROM audit.entry WHERE content ->> 'action' = 'ACCESS_REFUSED' ORDER BY id`,
    );
    return rows;
  }
});

const nameOf = ({ method, path }: Route) => `${method} ${path}`;

/** The contract's entry for a route, regardless of the names of its parameters. */
function contractOf(route: string): Audience | undefined {
  return Object.entries(SERVED).find(([name]) => shapeOf(name) === shapeOf(route))?.[1];
}

const shapeOf = (route: string) => route.replaceAll(/:\w+/g, ':');

const isFor = (audience: Audience, role: Role) =>
  audience === 'PUBLIC' || audience === 'ANY_ROLE' || audience.includes(role);

const sorted = (audience: Audience) => (typeof audience === 'string' ? audience : audience.toSorted());

function audienceOf(policy: Policy | undefined): Audience | undefined {
  return policy?.kind === 'ROLES' ? sorted(policy.roles) : policy?.kind;
}

/** All routes registered with Express. */
function routesOfServer(app: TestApp): string[] {
  interface Layer {
    readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
  }
  const { router } = app.nest.getHttpAdapter().getInstance() as { router: { stack: readonly Layer[] } };
  return router.stack.flatMap(({ route }) =>
    route === undefined ? [] : Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${route.path}`),
  );
}

/** Well-formed calls for ids that do not exist: a permitted caller passes the guard and gets no further. */
function call(agent: TestAgent, { method, path }: Route): Promise<Response> {
  const url = PREFIX + path.replaceAll(/:(\w+)/g, (_, name: string) => (/number/i.test(name) ? 'K-0' : randomUUID()));
  const request = agent[method.toLowerCase() as 'get' | 'post'](url).timeout(TIMEOUT_MS);
  return Promise.resolve(method === 'GET' || method === 'DELETE' ? request : request.send({}));
}

const codeOf = ({ body }: Response) => (body as { code?: string } | undefined)?.code ?? '';

/** No response may be cached, and every error is a problem document. */
function expectForm({ status, headers, body }: Response, route: Route): void {
  expect([nameOf(route), headers['cache-control']]).toEqual([nameOf(route), 'no-store']);
  expect([nameOf(route), status]).not.toEqual([nameOf(route), 500]);
  if (status < 400 || route.path.startsWith('/health/')) return;
  expect([nameOf(route), headers['content-type']]).toEqual([nameOf(route), 'application/problem+json; charset=utf-8']);
  expect(body).toMatchObject({
    type: expect.stringMatching(/^urn:lethe:problem:[a-z-]+$/),
    title: expect.stringMatching(/./),
    status,
    detail: expect.stringMatching(/./),
    instance: expect.stringMatching(/^\/api\/v1\/[^?]*$/),
    code: expect.stringMatching(/^[A-Z_]+$/),
    correlationId: expect.stringMatching(UUID),
  });
}
