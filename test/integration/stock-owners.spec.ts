import type { Client } from 'pg';
import { migrate } from '../../src/platform/database/migrate';
import { Records } from '../support/records';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const LABEL = 'Anonymisiert am 01.02.2026 von Erika Beispiel';

/** An installation from before owner names required an owner. */
describe('owner names of stock items in an upgraded installation', () => {
  let database: TestDatabase;
  let sql: Client;
  let records: Records;
  const items: Record<string, string> = {};
  const customers: Record<string, string> = {};

  beforeAll(async () => {
    database = await createTestDatabase();
    sql = await database.look();
    records = new Records(sql);
    await sql.query(`
      ALTER TABLE stock_item DROP CONSTRAINT stock_item_owner_name_of_customer;
      ALTER TABLE anonymization_run_item DROP COLUMN failure;
      ALTER TABLE anonymization_run DROP COLUMN named_in_selection;
      DROP INDEX anonymization_run_item_blocked;
      DELETE FROM migrations WHERE name = 'StockOwners1700000000020'`);
    for (const [key, values] of Object.entries({
      konrad: { first_name: 'Konrad', last_name: 'Feldhuber' },
      twin: { first_name: 'Konrad', last_name: 'Feldhuber' },
      other: { first_name: 'Otto', last_name: 'Weiß' },
      company: { first_name: null, last_name: null, company_name: 'Optik GmbH' },
      gone: { first_name: 'Gerda', last_name: 'Vergangen' },
    }))
      customers[key] = await records.customer(values);
    const item = async (key: string, values: Readonly<Record<string, unknown>>, ...borrowers: string[]) => {
      items[key] = await records.insert('stock_item', values);
      for (const borrower of borrowers)
        await records.insert('device_loan', { customer_id: customers[borrower], stock_item_id: items[key] });
    };
    const owned = { owner: 'CUSTOMER' };
    await item('fits', { ...owned, owner_name: 'Feldhuber, Konrad' }, 'konrad', 'other');
    await item('company', { ...owned, owner_name: 'optik gmbh' }, 'company');
    await item('nameFitsLoanDoesNot', { ...owned, owner_name: 'Konrad Feldhuber' });
    await item('loanFitsNameDoesNot', { ...owned, owner_name: 'Maria Stern' }, 'konrad');
    await item('two', { ...owned, owner_name: 'Konrad Feldhuber' }, 'konrad', 'twin');
    await item('shop', { owner: 'SHOP', owner_name: 'Konrad Feldhuber' }, 'konrad');
    await item('lent', { owner: 'SHOP', owner_name: 'Otto Weiß', customer_id: customers.other });
    await item('right', { ...owned, owner_name: 'Otto Weiß', customer_id: customers.other });
    await item('gone', { owner: 'SHOP', owner_name: LABEL, customer_id: customers.gone });
    await item('nameless', { owner: 'SHOP' });
    await sql.query('ALTER TABLE customer DISABLE TRIGGER USER');
    await sql.query(
      'UPDATE customer SET anonymized_at = now(), anonymized_by = id, anonymization_run_id = id, ' +
        `first_name = NULL, last_name = $2, email = NULL, note = NULL, status = 'DELETED' WHERE id = $1`,
      [customers.gone, LABEL],
    );
    await sql.query('ALTER TABLE customer ENABLE TRIGGER USER');
    await migrate(database.as('lethe_migrator'));
  });
  afterAll(() => database?.drop());

  it('are linked to the one customer whose name and loan match, and cleared otherwise', async () => {
    const { rows } = await sql.query<{
      id: string;
      customer_id: string | null;
      owner: string;
      owner_name: string | null;
    }>('SELECT id, customer_id, owner, owner_name FROM stock_item');
    const left = Object.fromEntries(
      Object.entries(items).map(([key, id]) => {
        const row = rows.find((each) => each.id === id)!;
        return [key, [row.owner, row.customer_id, row.owner_name]];
      }),
    );
    expect(left).toEqual({
      fits: ['CUSTOMER', customers.konrad, 'Feldhuber, Konrad'],
      company: ['CUSTOMER', customers.company, 'optik gmbh'],
      nameFitsLoanDoesNot: ['CUSTOMER', null, null],
      loanFitsNameDoesNot: ['CUSTOMER', null, null],
      two: ['CUSTOMER', null, null],
      shop: ['SHOP', null, null],
      lent: ['SHOP', customers.other, null],
      right: ['CUSTOMER', customers.other, 'Otto Weiß'],
      gone: ['SHOP', customers.gone, null],
      nameless: ['SHOP', null, null],
    });
  });

  it.each([
    ['without an owner', { owner: 'CUSTOMER', owner_name: 'Konrad Feldhuber' }],
    ['of the shop', { owner: 'SHOP', owner_name: 'Konrad Feldhuber' }],
  ])('are refused afterwards: %s', async (_, values) => {
    await expect(records.insert('stock_item', values)).rejects.toMatchObject({
      constraint: 'stock_item_owner_name_of_customer',
    });
  });

  it('are guarded as before', async () => {
    const { rows } = await sql.query<{ enabled: string }>(
      `SELECT tgenabled AS enabled FROM pg_trigger WHERE tgrelid = 'stock_item'::regclass AND tgname LIKE 'guard_%'`,
    );
    expect(rows).toEqual([{ enabled: 'A' }, { enabled: 'A' }, { enabled: 'A' }]);
  });
});
