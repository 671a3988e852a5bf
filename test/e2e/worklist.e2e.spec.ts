import type TestAgent from 'supertest/lib/agent';
import { Worklist } from '../../src/modules/worklist/worklist';
import { ManualRuns } from '../support/runs';
import { TestApp } from '../support/test-app';

const TODAY = '2026-11-23';

describe('/blocked-customers', () => {
  let app: TestApp;
  let compliance: TestAgent;
  let recent: string;
  let later: string;
  let unpaid: string;
  let ready: string;

  beforeAll(async () => {
    app = await TestApp.start({ LETHE_WORKERS: '0' });
    await onDay(TODAY);
    recent = await app.records.customer({ customer_number: 'RECENT' });
    await app.records.paidInvoice(recent, { issued_on: '2026-07-01' });
    later = await app.records.customer({ customer_number: 'LATER' });
    await app.records.paidInvoice(later, { issued_on: '2026-11-01' });
    unpaid = await app.records.customer({ customer_number: 'UNPAID' });
    await app.records.insert('invoice', { customer_id: unpaid, issued_on: '2020-01-01', gross: 100 });
    ready = await app.records.customer({ customer_number: 'READY' });
    const runs = new ManualRuns(app);
    const run = await runs.create({ customerIds: [recent, later, unpaid, ready] });
    await runs.work();
    expect(await numbers()).toEqual([]); // the run has not ended
    await refresh();
    expect(await numbers()).toEqual([]);
    await runs.start(run, 1);
    await runs.workOff();
    expect(await runs.get(run)).toMatchObject({ state: 'COMPLETED', counts: { blocked: 3, anonymized: 1 } });
    await refresh();
  });
  afterAll(() => app.stop());

  async function onDay(day: string): Promise<void> {
    app.clock.set(`${day}T10:00:00Z`);
    compliance = await app.as('compliance');
  }

  const refresh = () => app.nest.get(Worklist).refresh(() => false);

  const list = async (query = '') => (await compliance.get(`/api/v1/blocked-customers?${query}`).expect(200)).body;
  const numbers = async (query = '') =>
    (await list(query)).items.map(({ customerNumber }: { customerNumber: string }) => customerNumber);

  it('lists blocked customers by number and day, with every reason, and without names', async () => {
    const { items, nextCursor } = await list();
    expect(nextCursor).toBeNull();
    expect(items.map((item: object) => Object.keys(item))).toEqual(
      items.map(() => ['customerId', 'customerNumber', 'blockers', 'earliestPossibleOn', 'judgedOn']),
    );
    expect(items).toMatchObject([
      {
        customerId: recent,
        earliestPossibleOn: '2027-01-01',
        blockers: [{ code: 'RECENT_INVOICE', clearsOn: '2027-01-01' }],
        judgedOn: TODAY,
      },
      { customerId: later, earliestPossibleOn: '2027-05-01' },
      { customerId: unpaid, earliestPossibleOn: null, blockers: [{ code: 'UNPAID_INVOICE', clearsOn: null }] },
    ]);
  });

  it('can be filtered by a range of days, both included', async () => {
    expect(await numbers('from=2027-01-01&to=2027-05-01')).toEqual(['RECENT', 'LATER']);
    expect(await numbers('from=2027-01-02')).toEqual(['LATER']);
    expect(await numbers('to=2027-04-30')).toEqual(['RECENT']);
    await compliance.get('/api/v1/blocked-customers?from=tomorrow').expect(400);
  });

  it('is paged', async () => {
    const found: string[] = [];
    let cursor: string | null = '';
    for (let pages = 0; cursor !== null; pages++) {
      expect(pages).toBeLessThan(4);
      const page = await list(`limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`);
      found.push(...page.items.map(({ customerNumber }: { customerNumber: string }) => customerNumber));
      cursor = page.nextCursor;
    }
    expect(found).toEqual(['RECENT', 'LATER', 'UNPAID']);
    const forged = Buffer.from(JSON.stringify(['2027-02-30', recent])).toString('base64url');
    await compliance.get(`/api/v1/blocked-customers?cursor=${forged}`).expect(400);
  });

  it('is checked again the next day, once: customers who become ready stay listed, with the day of that', async () => {
    await app.records.insert('payment', {
      customer_id: unpaid,
      invoice_id: (await app.sql.query('SELECT id FROM invoice WHERE customer_id = $1', [unpaid])).rows[0].id,
      kind: 'PAYMENT',
      amount: 100,
    });
    await refresh(); // it was checked today
    expect((await list()).items).toMatchObject([{}, {}, { customerId: unpaid, earliestPossibleOn: null }]);
    await onDay('2027-01-05');
    await refresh();
    expect((await list()).items).toMatchObject([
      { customerId: recent, earliestPossibleOn: '2027-01-01', blockers: [], judgedOn: '2027-01-05' },
      { customerId: unpaid, earliestPossibleOn: '2027-01-05', blockers: [] },
      { customerId: later, earliestPossibleOn: '2027-05-01', blockers: [{ code: 'RECENT_INVOICE' }] },
    ]);
    await onDay('2027-01-06');
    await refresh();
    expect((await list()).items).toMatchObject([
      { customerId: recent, earliestPossibleOn: '2027-01-01' },
      { customerId: unpaid, earliestPossibleOn: '2027-01-05' },
      { customerId: later },
    ]);
  });

  it('anonymizes no customer by itself', async () => {
    const { rows } = await app.sql.query('SELECT id FROM customer WHERE anonymized_at IS NOT NULL');
    expect(rows).toEqual([{ id: ready }]);
  });

  it('drops a customer as soon as it is anonymized', async () => {
    await (
      await app.as('admin')
    )
      .post(`/api/v1/customers/${recent}/anonymization`)
      .send({ confirmation: 'RECENT', reason: 'RETENTION_EXPIRED' })
      .expect(200);
    expect(await numbers()).toEqual(['UNPAID', 'LATER']);
    await refresh();
    expect((await app.sql.query('SELECT FROM blocked_customer WHERE customer_id = $1', [recent])).rowCount).toBe(0);
  });

  it('drops a customer as soon as it is merged', async () => {
    const target = await app.records.customer({ customer_number: 'TARGET' });
    await (await app.as('admin')).post(`/api/v1/customers/${later}/merge`).send({ intoCustomerId: target }).expect(200);
    expect(await numbers()).toEqual(['UNPAID']);
    await refresh();
    expect((await app.sql.query('SELECT customer_id FROM blocked_customer')).rows).toEqual([{ customer_id: unpaid }]);
  });
});
