import type { Client } from 'pg';
import type { QueryRunner } from 'typeorm';
import { SealedCopies1700000000019 } from '../../migrations/0019-sealed-copies';
import { MIGRATING } from '../../src/platform/database/tripwire';
import { Records } from '../support/records';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const LABEL = 'Anonymisiert am 01.06.2025 von Administrator';

describe('an installation from before sealed copies per year', () => {
  let database: TestDatabase;
  let sql: Client;
  let records: Records;
  const migration = new SealedCopies1700000000019();

  beforeAll(async () => {
    database = await createTestDatabase();
    sql = await database.look();
    records = new Records(sql);
    await asMigration('down');
    // keeps the guards, which existed then, and disables the triggers that later migrations added to invoices
    const { rows } = await sql.query<{ name: string }>(
      `SELECT tgname AS name FROM pg_trigger
       WHERE tgrelid = 'invoice'::regclass AND NOT tgisinternal AND tgname NOT LIKE 'guard%'`,
    );
    for (const { name } of rows) await sql.query(`ALTER TABLE invoice DISABLE TRIGGER "${name}"`);
  });
  afterAll(() => database?.drop());

  async function asMigration(direction: 'up' | 'down'): Promise<void> {
    const runner = { query: (statement: string) => sql.query(statement) } as unknown as QueryRunner;
    await sql.query(`BEGIN; SET LOCAL ${MIGRATING} = on; SET LOCAL ROLE lethe_owner`);
    await migration[direction](runner);
    await sql.query('COMMIT');
  }

  it('gets the recipients of invoices issued to living customers, and keeps everything else', async () => {
    const living = await records.customer({ first_name: 'Erika', last_name: 'Beispiel', company_name: 'Muster GmbH' });
    for (const type of ['OTHER', 'RESIDENTIAL', 'INVOICE'])
      await records.insert('address', {
        customer_id: living,
        type,
        street: `Weg ${type}`,
        postal_code: '10115',
        city: 'Berlin',
      });
    const cash = await records.customer({ first_name: null, last_name: 'Bar' });
    const forgotten = await records.customer({ first_name: 'Otto', last_name: 'Weg' });
    const none = { recipient_name: null, recipient_address: null };
    const invoice = (customerId: string, number: string, values: object = none) =>
      records.insert('invoice', { customer_id: customerId, number, ...values });
    await invoice(living, 'M-1');
    await invoice(living, 'M-2', { recipient_name: 'Sohn', recipient_address: null });
    await invoice(living, 'M-3', { recipient_name: null, recipient_address: 'Altweg 1' });
    await invoice(living, 'M-4', { ...none, status: 'DRAFT' });
    await invoice(cash, 'M-5');
    await invoice(forgotten, 'M-6', { recipient_name: LABEL, recipient_address: null });
    await invoice(forgotten, 'M-7');
    await sql.query('ALTER TABLE customer DISABLE TRIGGER prove_anonymization'); // added later
    await sql.query(
      `UPDATE customer SET status = 'DELETED', last_name = $2, first_name = NULL, email = NULL, note = NULL, anonymized_at = now(),
         anonymized_by = uuid_v7(), anonymization_run_id = uuid_v7() WHERE id = $1`,
      [forgotten, LABEL],
    );
    await sql.query(`INSERT INTO fiscal_envelope (id, recipient, sealed_key) VALUES (uuid_v7(), 'age1', 'sealed')`);
    await asMigration('up');
    const { rows } = await sql.query(
      `SELECT number, recipient_name AS name, recipient_address AS address FROM invoice ORDER BY number`,
    );
    const name = 'Muster GmbH, Erika Beispiel';
    const address = 'Weg INVOICE, 10115 Berlin';
    expect(rows).toEqual([
      { number: 'M-1', name, address },
      { number: 'M-2', name: 'Sohn', address },
      { number: 'M-3', name, address: 'Altweg 1' },
      { number: 'M-4', name: null, address: null },
      { number: 'M-5', name: 'Bar', address: null },
      { number: 'M-6', name: LABEL, address: null },
      { number: 'M-7', name: null, address: null },
    ]);
    expect((await sql.query('SELECT retention_until FROM fiscal_envelope')).rows).toEqual([{ retention_until: null }]);
  });
});
