import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Response } from 'supertest';
import { ErasureUpkeep } from '../../src/modules/erasure-upkeep';
import { type FullCustomer, fullCustomer } from '../support/full-customer';
import { routesOf } from '../support/routes';
import { finishedRun } from '../support/runs';
import { sightingsOf } from '../support/sightings';
import { type Login, TestApp } from '../support/test-app';

const mockLogLines: string[] = [];
jest.mock('pino', () => {
  const actual = jest.requireActual<typeof import('pino')>('pino');
  const toLines = { write: (line: string) => mockLogLines.push(line) };
  return { ...actual, pino: Object.assign((options: object) => actual.pino(options, toLines), actual.pino) };
});

const LOGINS: readonly Login[] = ['admin', 'employee', 'compliance'];
const NOBODY = '01900000-0000-7000-8000-000000000000';

/** Properties that any route may know, so that its refusal mentions them. */
const membersOf = (value: string) => ({
  search: value,
  name: value,
  lastName: value,
  firstName: value,
  email: value,
  phone: value,
  note: value,
  iban: value,
  confirmation: value,
  reason: value,
  reference: value,
  username: value,
  password: value,
  customerIds: [value],
  selectionId: value,
  issuedOn: value,
  gross: value,
});

/**
 * Inserts customers with a globally unique value in every personal column, then calls everything and searches all
 * sinks.
 */
describe('a canary in every personal column', () => {
  let app: TestApp;
  let single: FullCustomer;
  let inRun: FullCustomer;
  let refused: FullCustomer;
  let runId: string;
  const errors: string[] = [];
  const headers: string[] = [];
  const sinks = new Map<string, string>();

  const note = (response: Response): void => {
    headers.push(JSON.stringify(response.headers));
    if (response.status >= 400) errors.push(JSON.stringify(response.body) + response.text);
  };

  beforeAll(async () => {
    app = await TestApp.start({ LETHE_LOG_LEVEL: 'debug' });
    const relative = await app.records.customer();
    single = await fullCustomer(app.sql, 'Zobiquxa', relative);
    inRun = await fullCustomer(app.sql, 'Zubeqaxo', relative);
    refused = await fullCustomer(app.sql, 'Zabuqixe', relative);
    await callEverything();
    await makeTheDatabaseRefuse(refused);
    await anonymize();
    await callEverything();
    await look();
  });
  afterAll(() => app.stop());

  /** Calls each route as each login for each customer, with valid, invalid and malformed bodies. */
  async function callEverything(): Promise<void> {
    for (const login of LOGINS) {
      const agent = await app.as(login);
      for (const { method, path } of routesOf(app)) {
        if (path.endsWith('/events') || path.startsWith('/auth') || path.startsWith('/employees')) continue;
        for (const { id, tokens } of [single, inRun]) {
          const url = `/api/v1${path.replace(':customerNumber', NOBODY).replace(/:\w+/, id)}`;
          const call = () => agent[method.toLowerCase() as 'get'](url);
          note(method === 'GET' ? await call() : await call().send(membersOf(tokens[0]!)));
          if (method !== 'GET')
            note(await call().set('Content-Type', 'application/json').send(`{"broken": "${tokens[1]}`));
        }
      }
      note(await agent.post('/api/v1/customers/search').send({ search: single.tokens[1] }));
      note(await agent.post('/api/v1/customers').send({ lastName: single.tokens[1], branchCode: single.tokens[2] }));
    }
  }

  /** Adds a trigger whose error contains old values in message, detail and hint, as PostgreSQL's own errors do. */
  async function makeTheDatabaseRefuse({ id }: FullCustomer): Promise<void> {
    await app.sql.query(`CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION 'name % is still needed', OLD.first_name USING ERRCODE = '23514', DETAIL = OLD::text, HINT = OLD.email;
      END $$`);
    await app.sql.query(
      `CREATE TRIGGER poison BEFORE UPDATE ON customer FOR EACH ROW WHEN (OLD.id = '${id}') EXECUTE FUNCTION poison()`,
    );
  }

  async function anonymize(): Promise<void> {
    const admin = await app.as('admin');
    for (const { id, customerNumber } of [refused, single]) {
      const body = { confirmation: customerNumber, reason: 'ERASURE_REQUEST' };
      note(await admin.post(`/api/v1/customers/${id}/anonymization`).send(body));
    }
    const created = await admin.post('/api/v1/anonymization-runs').send({ customerIds: [inRun.id, refused.id] });
    runId = (created.body as { id: string }).id;
    await finishedRun(admin, runId, 'PREVIEWED');
    await admin
      .post(`/api/v1/anonymization-runs/${runId}/start`)
      .send({ confirmation: 2, reason: 'ERASURE_REQUEST' })
      .expect(202);
    const { counts } = await finishedRun(admin, runId, 'COMPLETED');
    expect(counts).toMatchObject({ anonymized: 1, failed: 1 });
    app.nest.get(ErasureUpkeep).wake();
  }

  async function look(): Promise<void> {
    const rows = async (sql: string) =>
      (await app.sql.query<{ row: string }>(`SELECT t::text AS row FROM (${sql}) AS t`)).rows
        .map(({ row }) => row)
        .join('\n');
    const [admin, compliance] = [await app.as('admin'), await app.as('compliance')];
    const file = async (path: string) => (await compliance.get(`/api/v1${path}`).expect(200)).text;
    sinks.set('application log', mockLogLines.join(''));
    sinks.set('error bodies', errors.join('\n'));
    sinks.set('headers', headers.join('\n'));
    sinks.set('audit log', await rows('SELECT * FROM audit.entry'));
    sinks.set('runs and items', await rows('SELECT i.*, r.* FROM anonymization_run_item i, anonymization_run r'));
    sinks.set('outbox', await rows('SELECT * FROM outbox'));
    sinks.set(
      'statements under way',
      await rows('SELECT query FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()'),
    );
    sinks.set('audit export', await file('/audit-entries.csv'));
    sinks.set('run report', await file(`/anonymization-runs/${runId}/report.csv`));
    sinks.set('receipt', await file(`/customers/${single.id}/anonymization-receipt`));
    sinks.set(
      'run items, for those who are done',
      (await admin.get(`/api/v1/anonymization-runs/${runId}/items?state=ANONYMIZED`).expect(200)).text,
    );
    const ledger = join(app.config.ledgerFolder, 'entries');
    sinks.set(
      'ledger',
      readdirSync(ledger)
        .map((name) => readFileSync(join(ledger, name), 'utf8'))
        .join(''),
    );
    sinks.set('server log', readFileSync(serverLog(), 'utf8'));
  }

  const serverLog = (): string => {
    const dir = dirname(process.env.LETHE_TEST_CLUSTER!);
    const logs = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('postgres.log'),
    );
    expect(logs).toHaveLength(1);
    return join(dir, logs[0]!);
  };

  it('was in the sources that are searched, so that an empty result proves something', () => {
    for (const [name, text] of sinks)
      expect({ name, isEmpty: text.length === 0 && !['outbox'].includes(name) }).toEqual({ name, isEmpty: false });
    expect(errors.length).toBeGreaterThan(500);
    expect(sinks.get('application log')).toContain('anonymization_failed');
  });

  it('is in no sink, in no form', () => {
    const tokens = [...single.tokens, ...inRun.tokens, ...refused.tokens];
    for (const [name, text] of sinks) expect({ name, seen: sightingsOf(tokens, text) }).toEqual({ name, seen: [] });
  });
});
