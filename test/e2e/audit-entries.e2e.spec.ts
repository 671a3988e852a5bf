import { randomUUID } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import type TestAgent from 'supertest/lib/agent';
import { TestApp } from '../support/test-app';
import { auditEntryOf, forgeEntries, writeEntries } from '../support/audit-entry';
import { until } from '../support/until';

interface Entry {
  readonly id: string;
  readonly sequence: number | null;
  readonly occurredAt: string;
  readonly details: Record<string, unknown>;
}

const FIELDS = [
  'id',
  'sequence',
  'occurredAt',
  'actorId',
  'actorRole',
  'action',
  'module',
  'customerId',
  'runId',
  'outcome',
  'details',
];

describe('/audit-entries', () => {
  const customerId = randomUUID();
  const runId = randomUUID();
  const actorId = randomUUID();
  let product: TestApp;
  let compliance: TestAgent;

  beforeAll(async () => {
    product = await TestApp.start();
    compliance = await product.as('compliance');
    // 29 March 2020 has 23 hours in the shop's time zone, from 23:00Z to 21:59:59.999Z
    await write('2020-03-28T22:59:59.999Z', { customerId, details: { n: 1 } });
    await write('2020-03-28T23:00:00.000Z', { customerId, runId, details: { n: 2 } });
    await write('2020-03-29T21:59:59.999Z', { customerId, actorId, action: 'LEGAL_HOLD_SET', details: { n: 3 } });
    await write('2020-03-29T22:00:00.000Z', { customerId, module: 'loyalty', details: { n: 4 } });
    for (let n = 0; n < 7; n++)
      await write('2020-06-01T10:00:00.000Z', { actorRole: '=1+1', module: 'archive', details: { n } });
  });

  afterAll(() => product.stop());

  async function write(occurredAt: string, fields: object): Promise<void> {
    const usual = { action: 'LOGIN_FAILED', module: 'customer', outcome: 'SUCCEEDED' };
    await forgeEntries(product.sql, [auditEntryOf({ occurredAt, ...usual, ...fields })]);
  }

  const list = async (query: string): Promise<Entry[]> =>
    (await compliance.get(`/api/v1/audit-entries?${query}`).expect(200)).body.items;
  const numbers = async (query: string) => (await list(query)).map(({ details }) => details.n);

  it('shows every field, newest first, to compliance only', async () => {
    const items = await list(`customerId=${customerId}`);

    expect(items.map(({ details }) => details.n)).toEqual([4, 3, 2, 1]);
    expect(Object.keys(items[0]!)).toEqual(FIELDS);
    for (const login of ['admin', 'employee'] as const)
      for (const path of ['audit-entries', 'audit-entries.csv'])
        await (await product.as(login)).get(`/api/v1/${path}`).expect(403);
    await product.anonymous().get('/api/v1/audit-entries').expect(401);
  });

  it.each([
    [`customerId=${customerId}&order=asc`, [1, 2, 3, 4]],
    [`customerId=${customerId.toUpperCase()}&order=asc`, [1, 2, 3, 4]],
    [`runId=${runId}`, [2]],
    [`actorId=${actorId}`, [3]],
    [`customerId=${customerId}&action=LEGAL_HOLD_SET`, [3]],
    [`customerId=${customerId}&module=loyalty`, [4]],
    [`customerId=${customerId}&from=2020-03-29`, [4, 3, 2]],
    [`customerId=${customerId}&to=2020-03-29`, [3, 2, 1]],
    [`customerId=${customerId}&from=2020-03-29&to=2020-03-29`, [3, 2]],
    [`customerId=${customerId}&from=2020-03-28T23:00:00Z&to=2020-03-29T22:00:00Z`, [4, 3, 2]],
    [`customerId=${customerId}&to=${encodeURIComponent('2020-03-29T00:00:00+01:00')}`, [2, 1]],
    [`customerId=${randomUUID()}`, []],
    ['from=9999-12-31', []],
  ])('finds by %s', async (query, expected) => {
    expect(await numbers(query)).toEqual(expected);
  });

  it.each([
    'customerId=1',
    'customerId=',
    'action=NONSENSE',
    'action=LOGIN_FAILED&action=LOGIN_FAILED',
    'module=A%20B',
    'from=2020-02-30',
    'from=yesterday',
    'to=2020-03-29T25:00:00Z',
    'to=2020-03-29T10:00:00',
    'order=up',
    'limit=0',
    'limit=201',
    'limit=x',
    'cursor=x',
    `cursor=${Buffer.from('["2020-01-01T00:00:00.000Z","------------------------------------"]').toString('base64url')}`,
    'unknown=1',
  ])('refuses %s', async (query) => {
    const { body } = await compliance.get(`/api/v1/audit-entries?${query}`).expect(400);
    expect(body.code).toBe('VALIDATION_FAILED');
  });

  it.each(['asc', 'desc'])('pages through entries of the same instant, %s', async (order) => {
    const seen: unknown[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body } = await compliance
        .get(`/api/v1/audit-entries?module=archive&order=${order}&limit=3${cursor && `&cursor=${cursor}`}`)
        .expect(200);
      expect(body.items.length).toBeLessThanOrEqual(3);
      seen.push(...body.items.map(({ details }: Entry) => details.n));
      cursor = body.nextCursor as string | null;
    }
    expect(seen).toEqual(order === 'asc' ? [0, 1, 2, 3, 4, 5, 6] : [6, 5, 4, 3, 2, 1, 0]);
  });

  it('shows the sequence in the log once there is one', async () => {
    let items: Entry[] = [];
    await until('all have their place', async () => {
      items = await list('module=archive');
      return items.length > 0 && items.every(({ sequence }) => sequence !== null);
    });

    const places = items.map(({ sequence }) => sequence!);
    expect(places).toEqual([...places].sort((a, b) => b - a));
  });

  describe('as CSV', () => {
    const file = (query = '') => compliance.get(`/api/v1/audit-entries.csv?${query}`);

    it('contains the same, without formulas', async () => {
      const { text, headers } = await file('module=archive&order=asc').expect(200);

      expect(headers['content-type']).toBe('text/csv; charset=utf-8');
      expect(headers['content-disposition']).toBe('attachment; filename=audit-entries.csv');
      const rows: Record<string, string>[] = parse(text, { columns: true });
      expect(Object.keys(rows[0]!)).toEqual(FIELDS);
      expect(rows.map(({ details }) => (JSON.parse(details!) as { n: number }).n)).toEqual([0, 1, 2, 3, 4, 5, 6]);
      expect(rows[0]!.actorRole).toBe("'=1+1");
      expect(rows[0]!.customerId).toBe('');
    });

    it('contains more than one page of the database', async () => {
      const run = randomUUID();
      await writeEntries(
        product.sql,
        Array.from({ length: 2345 }, () => auditEntryOf({ runId: run })),
      );
      const { text } = await file(`runId=${run}`).expect(200);
      expect(new Set(parse<{ id: string }>(text, { columns: true }).map(({ id }) => id)).size).toBe(2345);
    });

    it('is only a header when nothing is found, and empty for HEAD', async () => {
      expect((await file(`runId=${randomUUID()}`).expect(200)).text).toBe(`${FIELDS.join(',')}\n`);
      const { text, headers } = await compliance.head('/api/v1/audit-entries.csv').expect(200);
      expect([text, headers['content-type']]).toEqual([undefined, 'text/csv; charset=utf-8']);
    });

    it('accepts no page', async () => {
      await file('limit=1').expect(400);
    });
  });
});
