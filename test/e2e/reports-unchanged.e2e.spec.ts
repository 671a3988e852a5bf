import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type TestAgent from 'supertest/lib/agent';
import { importInto } from '../../src/cli/import-into';
import { generateDemo } from '../../src/demo';
import { IMPORT_COLUMNS } from '../../src/modules/import';
import { finishedRun } from '../support/runs';
import { TestApp } from '../support/test-app';

const CUSTOMERS = 300;
const TODAY = '2026-11-23';

const REPORTS = [
  'revenue?groupBy=month',
  'revenue?groupBy=branch',
  'revenue?groupBy=costBearer',
  'revenue?groupBy=month&from=2024-02-01&to=2025-03-31',
  'revenue?groupBy=branch&from=2020-01-01',
  'customers?groupBy=branch',
  'customers?groupBy=costBearer',
  'devices?groupBy=status',
  'devices?groupBy=owner',
];

interface Report {
  readonly items: readonly Readonly<Record<string, string | number | null>>[];
  readonly total: number | Readonly<Record<string, number>>;
}

describe('every report, before and after half of the customers are anonymized', () => {
  let app: TestApp;
  let employee: TestAgent;
  let folder: string;
  let before: ReadonlyMap<string, Report>;
  let csvBefore: ReadonlyMap<string, string>;

  const withCsv = (path: string) => path.replace('?', '.csv?');
  const reports = async () =>
    new Map<string, Report>(
      await Promise.all(
        REPORTS.map(async (path) => {
          const { body } = await employee.get(`/api/v1/reports/${path}`).expect(200);
          return [path, body as Report] as const;
        }),
      ),
    );
  const csv = async () =>
    new Map<string, string>(
      await Promise.all(
        REPORTS.map(async (path) => {
          const { text } = await employee.get(`/api/v1/reports/${withCsv(path)}`).expect(200);
          return [path, text] as const;
        }),
      ),
    );

  beforeAll(async () => {
    app = await TestApp.start();
    app.clock.set(`${TODAY}T10:00:00Z`);
    employee = await app.as('employee');
    folder = mkdtempSync(join(tmpdir(), 'lethe-reports-'));
    await generateDemo({ directory: folder, columns: IMPORT_COLUMNS, customers: CUSTOMERS, seed: 12, today: TODAY });
    await importInto(app.database, app.config, folder, false);
    before = await reports();
    csvBefore = await csv();
    await anonymizeHalf();
  });
  afterAll(async () => {
    await app.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function anonymizeHalf(): Promise<void> {
    const { rows } = await app.sql.query<{ id: string }>('SELECT id FROM customer');
    const admin = await app.as('admin');
    const { body } = await admin
      .post('/api/v1/anonymization-runs')
      .send({ customerIds: rows.map(({ id }) => id) })
      .expect(202);
    const { counts } = await finishedRun(admin, body.id, 'PREVIEWED');
    await admin
      .post(`/api/v1/anonymization-runs/${body.id}/start`)
      .send({ confirmation: counts.ready, reason: 'ERASURE_REQUEST' })
      .expect(202);
    const run = await finishedRun(admin, body.id, 'COMPLETED');
    expect(run.counts.anonymized).toBeGreaterThanOrEqual(CUSTOMERS / 2);
    expect(run.counts.anonymized).toBeLessThan(CUSTOMERS);
  }

  it('has content', () => {
    for (const [path, { items, total }] of before) {
      expect([path, items.length]).not.toEqual([path, 0]);
      expect([path, total]).not.toEqual([path, 0]);
    }
    const { total } = before.get('customers?groupBy=branch')!;
    expect(total).toBe(CUSTOMERS);
  });

  it.each(REPORTS)('%s is the same to the cent', async (path) => {
    expect((await reports()).get(path)).toEqual(before.get(path));
  });

  it('is the same as CSV, with the items of the report', async () => {
    expect(await csv()).toEqual(csvBefore);
    for (const [path, text] of csvBefore) {
      const asText = before
        .get(path)!
        .items.map((item) =>
          Object.fromEntries(Object.entries(item).map(([name, value]) => [name, value === null ? '' : String(value)])),
        );
      expect([path, parse(text, { columns: true }).map(unquoted)]).toEqual([path, asText]);
    }
  });

  it('is CSV if the header asks for it', async () => {
    const path = '/api/v1/reports/devices?groupBy=status';
    const response = await employee.get(path).set('Accept', 'text/csv').expect(200);
    expect(response.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename=devices.csv',
    });
    expect(response.text).toBe(csvBefore.get('devices?groupBy=status'));
    for (const accept of ['*/*', 'application/json', 'text/html, */*;q=0.8', 'application/json, text/csv;q=0.9'])
      expect((await employee.get(path).set('Accept', accept).expect(200)).type).toBe('application/json');
  });

  it('counts each device once', async () => {
    const { rows } = await app.sql.query<{ count: number }>('SELECT count(*)::int FROM stock_item');
    for (const groupBy of ['status', 'owner'])
      expect(before.get(`devices?groupBy=${groupBy}`)!.total).toBe(rows[0]!.count);
    expect(before.get('devices?groupBy=owner')!.items.map(({ key }) => key)).toEqual(['CUSTOMER', 'SHOP']);
  });

  it('is refused without a grouping, with an unknown one, and for compliance', async () => {
    const compliance = await app.as('compliance');
    for (const name of ['devices', 'devices.csv', 'customers.csv', 'revenue.csv']) {
      for (const query of ['', '?groupBy=name', '?groupBy=status&groupBy=owner'])
        expect((await employee.get(`/api/v1/reports/${name}${query}`).expect(400)).body.code).toBe('VALIDATION_FAILED');
      await compliance.get(`/api/v1/reports/${name}?groupBy=branch`).expect(403);
    }
  });
});

const unquoted = (row: unknown) => ({ ...(row as Record<string, string>) });
