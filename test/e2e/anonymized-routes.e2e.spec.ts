import type TestAgent from 'supertest/lib/agent';
import { masterData, RECORD_EXAMPLES } from '../support/record-examples';
import { routesOf } from '../support/routes';
import { type Login, TestApp } from '../support/test-app';

interface Call {
  /** a valid body */
  readonly body?: object;
  readonly as?: Login;
  /** the table of the route's record */
  readonly of?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** a file sent instead of a body */
  readonly file?: string;
}

const SOMEBODY = '01900000-0000-7000-8000-000000000000';
const BOOKED_ON = { of: 'invoice' };
const ON_CONTRACT = { of: 'service_contract' };

/** Every route that changes data of a customer, except those that add records. */
const CALLS: Readonly<Record<string, Call>> = {
  'PATCH /customers/:id': { body: { note: 'neu' }, headers: { 'If-Match': '"VERSION"' } },
  'POST /customers/:id/merge': { body: { intoCustomerId: SOMEBODY }, as: 'admin' },
  'POST /customers/:id/merge/preview': { body: { intoCustomerId: SOMEBODY }, as: 'admin' },
  'POST /customers/:id/legal-hold': { body: { reasonCode: 'LITIGATION' }, as: 'compliance' },
  'POST /customers/:id/documents': { file: 'brief.txt' },
  'POST /invoices/:id/payments': { ...BOOKED_ON, body: { kind: 'PAYMENT', amount: 1 } },
  'POST /invoices/:id/credit': BOOKED_ON,
  'POST /invoices/:id/issue': BOOKED_ON,
  'POST /quotes/:id/end': { of: 'quote' },
  'POST /service-contracts/:id/sign': ON_CONTRACT,
  'POST /service-contracts/:id/void': ON_CONTRACT,
  'POST /service-contracts/:id/terminate': { ...ON_CONTRACT, body: { effectiveOn: '2026-12-31' } },
  'POST /care-cases/:id/complete': { of: 'care_case' },
  'POST /care-cases/:id/cancel': { of: 'care_case' },
  'POST /device-loans/:id/resolve': { of: 'device_loan', body: { resolution: 'RETURNED' } },
  'POST /enrollments/:id/end': { of: 'program_enrollment' },
};

/** Routes with another response for an anonymized customer, and the reason. */
const OTHERWISE: Readonly<Record<string, string>> = {
  'POST /customers/:id/anonymization': 'an already anonymized customer is an outcome: ALREADY_ANONYMIZED',
  'POST /customers/:id/anonymization/preview': 'changes nothing; the verdict is ALREADY_ANONYMIZED',
  'POST /cards/:id/invalidate': 'the cards are erased: CARD_NOT_FOUND',
};

/** Routes that concern no customer. */
const NOBODY =
  /^(?:POST|PATCH) \/(?:auth|employees|selections|anonymization-runs)(?:\/|$)|^POST \/customers(?:\/search|\/duplicates)?$/;

describe('routes called for an anonymized customer', () => {
  let app: TestApp;
  let customerId: string;
  let version: number;
  let routes: string[];

  beforeAll(async () => {
    app = await TestApp.start();
    await masterData(app);
    const employee = await app.as('employee');
    customerId = await app.records.customer({ customer_number: 'FORGOTTEN' });
    for (const { path, full } of RECORD_EXAMPLES)
      await employee
        .post(`/api/v1/customers/${customerId}/${path}`)
        .send({ ...full('1'), ...(path === 'invoices' ? { gross: 0 } : {}) })
        .expect(201);
    await (
      await app.as('admin')
    )
      .post(`/api/v1/customers/${customerId}/anonymization`)
      .send({ confirmation: 'FORGOTTEN', reason: 'ERASURE_REQUEST' })
      .expect(200);
    version = (await employee.get(`/api/v1/customers/${customerId}`).expect(200)).body.version;
    routes = routesOf(app)
      .map(({ method, path }) => `${method} ${path}`)
      .filter((route) => /^(?:POST|PATCH) /.test(route) && !NOBODY.test(route));
  });
  afterAll(() => app.stop());

  const callOf = (route: string): Call | undefined => {
    const example = RECORD_EXAMPLES.find(({ path }) => route === `POST /customers/:id/${path}`);
    return example ? { body: example.full('2') } : CALLS[route];
  };

  const idOf = async ({ of }: Call): Promise<string> => {
    if (of === undefined) return customerId;
    const { rows } = await app.sql.query<{ id: string }>(`SELECT id FROM ${of} WHERE customer_id = $1`, [customerId]);
    return rows[0]!.id;
  };

  const send = async (route: string, call: Call) => {
    const [method, pattern] = route.split(' ') as [string, string];
    const agent: TestAgent = await app.as(call.as ?? 'employee');
    const url = `/api/v1${pattern.replace(':id', await idOf(call))}`;
    const request = method === 'PATCH' ? agent.patch(url) : agent.post(url);
    for (const [name, value] of Object.entries(call.headers ?? {}))
      void request.set(name, value.replace('VERSION', String(version)));
    if (call.file === undefined) return request.send(call.body);
    return request
      .field({ type: 'LETTER', title: 'Brief', retentionClass: 'NONE', createdOn: '2026-01-01' })
      .attach('file', Buffer.from('neu'), call.file);
  };

  it('are all known', () => {
    expect(routes.length).toBeGreaterThan(25);
    expect(routes.filter((route) => callOf(route) === undefined && !(route in OTHERWISE))).toEqual([]);
    expect(Object.keys(OTHERWISE).filter((route) => !routes.includes(route))).toEqual([]);
  });

  it('refuse with CUSTOMER_ANONYMIZED, and change nothing', async () => {
    const before = await everything();
    const wrong: string[] = [];
    for (const route of routes.filter((each) => !(each in OTHERWISE))) {
      const { status, body } = await send(route, callOf(route)!);
      if (status !== 409 || body.code !== 'CUSTOMER_ANONYMIZED')
        wrong.push(`${route}: ${status} ${body.code} ${JSON.stringify(body.errors ?? [])}`);
    }
    expect(wrong).toEqual([]);
    expect(await everything()).toEqual(before);
  });

  it('an erased card is not found', async () => {
    const { body } = await (await app.as('employee')).post('/api/v1/cards/1/invalidate').expect(404);
    expect(body.code).toBe('CARD_NOT_FOUND');
  });

  /** Number of the customer's rows in each table that has any. */
  async function everything(): Promise<object[]> {
    const { rows: tables } = await app.sql.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'customer_id' ORDER BY 1`,
    );
    const counts = tables.map(
      ({ name }) => `SELECT '${name}' AS name, count(*)::int, md5(string_agg(t::text, '|' ORDER BY t::text)) AS content
        FROM ${name} t WHERE customer_id = '${customerId}'`,
    );
    return (await app.sql.query<object>(counts.join(' UNION ALL '))).rows;
  }
});
