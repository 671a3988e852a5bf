import type TestAgent from 'supertest/lib/agent';
import { TestApp } from '../support/test-app';

const ROUNDS = 15;
const CITIES = ['Aalen', 'Bebra', 'Celle', 'Dachau'];

describe('the search index of a customer changed by several employees at once', () => {
  let app: TestApp;
  let employee: TestAgent;
  let branchCode: string;

  beforeAll(async () => {
    app = await TestApp.start();
    employee = await app.as('employee');
    await app.records.insert('branch', { code: (branchCode = 'B-Zugleich') });
  });
  afterAll(() => app?.stop());

  const search = async (typed: string): Promise<string[]> => {
    const { body } = await employee.post('/api/v1/customers/search').send({ search: typed }).expect(200);
    return (body.items as { customerNumber: string }[]).map(({ customerNumber }) => customerNumber);
  };

  async function changeAtOnce(round: number): Promise<void> {
    const person = { customerNumber: `Z-${round}`, branchCode, status: 'ACTIVE', lastName: `Vorher${round}x` };
    const { body, headers } = await employee.post('/api/v1/customers').send(person).expect(201);
    const path = `/api/v1/customers/${(body as { id: string }).id}`;
    const address = (city: string) => employee.post(`${path}/addresses`).send({ type: 'OTHER', city }).expect(201);
    const rename = employee
      .patch(path)
      .set('If-Match', headers.etag!)
      .send({ lastName: `Nachher${round}x` })
      .expect(200);
    await Promise.all([...CITIES.map(address), rename]);
  }

  it('contains everything that they have written, and no earlier value', async () => {
    const wrong: string[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await changeAtOnce(round);
      const missed = [`Nachher${round}x`, ...CITIES.map((city) => `Nachher${round}x ${city}`)];
      for (const typed of missed) if ((await search(typed))[0] !== `Z-${round}`) wrong.push(`not found: ${typed}`);
      if ((await search(`Vorher${round}x`)).length > 0) wrong.push(`still found: Vorher${round}x`);
    }
    expect(wrong).toEqual([]);
  });

  it('is not computed before the customer is locked', async () => {
    const id = await app.records.customer({ last_name: 'Wartend' });
    const [first, second] = [await app.database.look(), await app.database.look()];
    await first.query('BEGIN');
    await second.query('BEGIN');
    const add = `INSERT INTO address (customer_id, type, city) VALUES ($1, 'OTHER', $2)`;
    const refresh = 'SELECT refresh_customer_search(ARRAY[$1::uuid])';
    await first.query(add, [id, 'Erstheim']);
    await second.query(add, [id, 'Zweitheim']);
    await first.query(refresh, [id]);
    const waiting = second.query(refresh, [id]);
    await first.query('COMMIT');
    await waiting;
    await second.query('COMMIT');
    expect(await search('Wartend Erstheim Zweitheim')).toHaveLength(1);
  });
});
