import type TestAgent from 'supertest/lib/agent';
import { TestApp } from '../support/test-app';

describe('reports', () => {
  let app: TestApp;
  let employee: TestAgent;
  let first: string;
  let second: string;

  beforeAll(async () => {
    app = await TestApp.start();
    employee = await app.as('employee');
    const ulm = await app.records.insert('branch', { code: 'ULM' });
    const aalen = await app.records.insert('branch', { code: 'AALEN' });
    const bearer = await app.records.insert('cost_bearer', { ik: '109999999' });
    const other = await app.records.insert('cost_bearer', { ik: '100000001' });
    first = await app.records.customer({ customer_number: 'R-1', branch_id: ulm });
    second = await app.records.customer({ customer_number: 'R-2', branch_id: aalen, status: 'DECEASED' });
    await app.records.customer({ branch_id: ulm, status: 'DELETED' });
    for (const [customer_id, cost_bearer_id] of [
      [first, bearer],
      [first, bearer],
      [first, other],
      [second, bearer],
    ])
      await app.records.insert('cost_bearer_membership', { customer_id, cost_bearer_id });
    const document = (
      customer_id: string,
      branch_id: string,
      issued_on: string | null,
      gross: number,
      more: object = {},
    ) => app.records.paidInvoice(customer_id, { branch_id, issued_on, gross, net: gross - 19, tax: 19, ...more });
    await document(first, ulm, '2020-01-01', 1190, { cost_bearer_id: bearer });
    await document(first, ulm, '2020-01-31', 500, { cost_bearer_id: other });
    await document(first, aalen, '2020-02-01', 300, { kind: 'CREDIT_NOTE', cost_bearer_id: bearer });
    await document(second, aalen, '2020-12-31', 9_007_199_254_740);
    // a draft does not count, neither before nor after its deletion
    await app.records.insert('invoice', {
      customer_id: second,
      branch_id: ulm,
      status: 'DRAFT',
      issued_on: '2020-01-15',
    });
    // settles the credit note, which would block
    await app.sql.query('ALTER TABLE payment DISABLE TRIGGER refuse_change');
    await app.sql.query(`UPDATE payment SET kind = 'REFUND' WHERE amount = 300`);
    await app.sql.query('ALTER TABLE payment ENABLE ALWAYS TRIGGER refuse_change');
  });
  afterAll(() => app.stop());

  const report = async (path: string) => (await employee.get(`/api/v1/reports/${path}`).expect(200)).body;
  const BIG = 9_007_199_254_740;

  it('revenue by month, with credit notes negative', async () => {
    expect(await report('revenue?groupBy=month')).toEqual({
      items: [
        { key: '2020-01', net: 1652, tax: 38, gross: 1690, count: 2 },
        { key: '2020-02', net: -281, tax: -19, gross: -300, count: 1 },
        { key: '2020-12', net: BIG - 19, tax: 19, gross: BIG, count: 1 },
      ],
      total: { net: BIG + 1352, tax: 38, gross: BIG + 1390, count: 4 },
    });
  });

  it('revenue by branch and by cost bearer, without one last', async () => {
    const keys = async (groupBy: string) =>
      (await report(`revenue?groupBy=${groupBy}`)).items.map(({ key, gross, count }: Record<string, unknown>) => [
        key,
        gross,
        count,
      ]);
    expect(await keys('branch')).toEqual([
      ['AALEN', BIG - 300, 2],
      ['ULM', 1690, 2],
    ]);
    expect(await keys('costBearer')).toEqual([
      ['100000001', 500, 1],
      ['109999999', 890, 2],
      [null, BIG, 1],
    ]);
  });

  it('revenue between two days, both included', async () => {
    const total = async (days: string) => (await report(`revenue?groupBy=month&${days}`)).total.gross;
    expect(await total('from=2020-01-31&to=2020-02-01')).toBe(200);
    expect(await total('from=2020-02-02')).toBe(BIG);
    expect(await total('to=2020-01-01')).toBe(1190);
    expect(await report('revenue?groupBy=month&from=2021-01-01')).toEqual({
      items: [],
      total: { net: 0, tax: 0, gross: 0, count: 0 },
    });
  });

  it('customers by branch and by cost bearer, regardless of their status', async () => {
    expect(await report('customers?groupBy=branch')).toEqual({
      items: [
        { key: 'AALEN', count: 1 },
        { key: 'ULM', count: 2 },
      ],
      total: 3,
    });
    expect(await report('customers?groupBy=costBearer')).toEqual({
      items: [
        { key: '100000001', count: 1 },
        { key: '109999999', count: 2 },
      ],
      total: 2,
    });
  });

  it('the same after customers were anonymized', async () => {
    const paths = ['month', 'branch', 'costBearer'].map((groupBy) => `revenue?groupBy=${groupBy}`);
    paths.push('customers?groupBy=branch', 'customers?groupBy=costBearer');
    const all = () => Promise.all(paths.map(report));
    const before = await all();
    for (const [id, confirmation] of [
      [first, 'R-1'],
      [second, 'R-2'],
    ])
      await (
        await app.as('admin')
      )
        .post(`/api/v1/customers/${id}/anonymization`)
        .send({ confirmation, reason: 'ERASURE_REQUEST' })
        .expect(200);
    expect(await all()).toEqual(before);
  });

  it('are refused without a grouping, with an invalid day, and for compliance', async () => {
    for (const path of [
      'revenue',
      'revenue?groupBy=customer',
      'revenue?groupBy=month&from=2020-02-30',
      'customers?groupBy=month',
    ])
      expect((await employee.get(`/api/v1/reports/${path}`).expect(400)).body.code).toBe('VALIDATION_FAILED');
    await (await app.as('compliance')).get('/api/v1/reports/customers?groupBy=branch').expect(403);
  });
});
