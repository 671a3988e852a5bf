import type TestAgent from 'supertest/lib/agent';
import { DataMap } from '../../src/modules/data-map';
import { Population, rowInserts } from '../support/customer-rows';
import { TestApp } from '../support/test-app';

/** Tables of derived rows, or of rows that only list a customer; they are no contact. */
const NO_CONTACT = ['customer_search', 'former_identity', 'archive_key', 'selection_member'];

const OLD = '2010-01-01';
/** Later than the dates of all rows of a {@link Population}. */
const SINCE = '2023-01-01';

describe('the last contact', () => {
  let app: TestApp;
  let employee: TestAgent;
  let population: Population;

  beforeAll(async () => {
    app = await TestApp.start();
    employee = await app.as('employee');
    population = await Population.of(app.sql, app.nest.get(DataMap).allCustomerTables);
  });
  afterAll(() => app.stop());

  const age = (ids: readonly string[], contact: string | null = OLD) =>
    app.sql.query(
      'UPDATE customer SET created_at = $1::date, updated_at = $1::date, last_contact_on = $3::date WHERE id = ANY ($2)',
      [OLD, ids, contact],
    );
  const contactOf = async (id: string): Promise<string | null> =>
    (
      await app.sql.query<{ day: string | null }>('SELECT last_contact_on::text AS day FROM customer WHERE id = $1', [
        id,
      ])
    ).rows[0]!.day;
  const today = async () => (await app.sql.query<{ day: string }>('SELECT current_date::text AS day')).rows[0]!.day;
  const isSelected = async (id: string, criterion = 'noContactSince'): Promise<boolean> => {
    const { rows } = await app.sql.query<{ number: string }>(
      'SELECT customer_number AS number FROM customer WHERE id = $1',
      [id],
    );
    const criteria = { [criterion]: SINCE, customerNumbers: [rows[0]!.number] };
    return (await employee.post('/api/v1/selections/count').send(criteria).expect(200)).body.count === 1;
  };

  it.each(['noContactSince', 'noInvoiceSince'])(
    'of a customer created today matches no %s in the past',
    async (criterion) => {
      const [id] = await population.customers(1);
      expect(await contactOf(id!)).toBe(await today());
      expect(await isSelected(id!, criterion)).toBe(false);
      await age([id!]);
      expect(await isSelected(id!, criterion)).toBe(true);
    },
  );

  it('is today once a record of any kind is stored, whatever the date of the record is', async () => {
    const tables = app.nest.get(DataMap).allCustomerTables;
    const found: string[] = [];
    const expected: string[] = [];
    for (const { table, name, sql } of rowInserts(tables)) {
      const [id, related] = await population.customers(2);
      await population.fillParents([id!]);
      await age([id!, related!]);
      await app.sql.query(sql, [[id]]);
      expected.push(`${name}: ${NO_CONTACT.includes(table.name) ? OLD : await today()}`);
      found.push(`${name}: ${await contactOf(id!)}`);
      expect([name, await isSelected(id!)]).toEqual([name, NO_CONTACT.includes(table.name)]);
    }
    expect(found).toEqual(expected);
  });

  it('is today once an address is changed or a booking is made through the API', async () => {
    const [id] = await population.customers(1);
    await population.fill([id!]);
    await age([id!]);
    await app.sql.query(`UPDATE address SET city = 'Ulm' WHERE customer_id = $1`, [id]);
    expect(await contactOf(id!)).toBe(await today());
    await age([id!]);
    await employee
      .post(`/api/v1/customers/${id}/consents`)
      .send({ channel: 'POST', grantedOn: '2012-01-01' })
      .expect(201);
    expect(await contactOf(id!)).toBe(await today());
  });

  it('is unknown for customers of an upgraded installation, for whom the dates of their records count', async () => {
    const [id] = await population.customers(1);
    await age([id!], null);
    expect(await isSelected(id!)).toBe(true);
    await app.sql.query(`UPDATE customer SET created_at = $2::date + 1 WHERE id = $1`, [id, SINCE]);
    expect(await isSelected(id!)).toBe(false);
  });

  it('does not change the customer’s version, so that a booking makes no form stale', async () => {
    const [id] = await population.customers(1);
    await age([id!]);
    const version = async () =>
      (await app.sql.query<{ version: number }>('SELECT version FROM customer WHERE id = $1', [id])).rows[0]!.version;
    const before = await version();
    await app.sql.query(`INSERT INTO bank_account (customer_id, position) VALUES ($1, 1)`, [id]);
    expect([await contactOf(id!), await version()]).toEqual([await today(), before]);
  });

  it('allows two clerks to book on one customer at once', async () => {
    const [id] = await population.customers(1);
    await age([id!]);
    const first = await app.database.look();
    const second = await app.database.look();
    await first.query('BEGIN');
    await second.query('BEGIN');
    for (const client of [first, second]) await client.query('SELECT FROM customer WHERE id = $1 FOR KEY SHARE', [id]);
    await first.query(`INSERT INTO bank_account (customer_id, position) VALUES ($1, 1)`, [id]);
    const waiting = second.query(`INSERT INTO bank_account (customer_id, position) VALUES ($1, 2)`, [id]);
    await first.query('COMMIT');
    await waiting;
    await second.query('COMMIT');
    expect(await contactOf(id!)).toBe(await today());
  });
});
