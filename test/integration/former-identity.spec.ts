import { TestApp } from '../support/test-app';

describe('a customer with a former name', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  it('leaves no former name or number in kept texts', async () => {
    const id = await app.records.customer({
      customer_number: 'K-Vorher',
      first_name: 'Rosa',
      last_name: 'Sonnenblum',
      phone: '0711 998877',
    });
    const text = 'Otoplastik für Frau Sonnenblum, Tel. 0711/998877, Frau Regenbogen';
    await app.records.paidInvoice(id, {}, [{ text }]);
    const employee = await app.as('employee');
    const change = async (body: object, version: number) =>
      employee.patch(`/api/v1/customers/${id}`).set('If-Match', `"${version}"`).send(body).expect(200);
    await change({ lastName: 'Regenbogen', phone: null }, 1);
    await change({ note: 'hat geheiratet' }, 2);
    await (
      await app.as('admin')
    )
      .post(`/api/v1/customers/${id}/anonymization`)
      .send({ confirmation: 'K-Vorher', reason: 'ERASURE_REQUEST' })
      .expect(200);
    const { rows } = await app.sql.query('SELECT text FROM invoice_line WHERE customer_id = $1', [id]);
    expect(rows).toEqual([{ text: 'Otoplastik für Frau [anonymisiert], Tel. [anonymisiert], Frau [anonymisiert]' }]);
    expect((await app.sql.query('SELECT FROM former_identity WHERE customer_id = $1', [id])).rowCount).toBe(0);
  });

  it('is found by each former value alone', async () => {
    const former = {
      first_name: 'Mechthild',
      last_name: 'Sonnenblum',
      birth_name: 'Altbauer',
      company_name: 'Blumen Sonnenblum GmbH',
      birth_date: '1948-02-29',
      email: 'rosa.alt@example.org',
      phone: '0711 998877',
      mobile: '0171 2345678',
    };
    const id = await app.records.customer({ customer_number: 'K-Einzeln', ...former });
    const texts = Object.values({ ...former, birth_date: '29.02.1948', phone: '0711998877', mobile: '01712345678' });
    await app.records.paidInvoice(
      id,
      {},
      texts.map((text, index) => ({ position: index + 1, text: `zu ${text} gehörig` })),
    );
    for (const column of Object.keys(former))
      await app.sql.query(
        `UPDATE customer SET ${column} = ${column.endsWith('_name') ? `'Neu${column.replace('_', '')}'` : 'NULL'} WHERE id = $1`,
        [id],
      );
    const { rows: remembered } = await app.sql.query(
      `SELECT first_name, last_name, birth_name, company_name, birth_date::text, email, phone, mobile
       FROM former_identity WHERE customer_id = $1 ORDER BY id`,
      [id],
    );
    const nothing = Object.fromEntries(Object.keys(former).map((column) => [column, null]));
    expect(remembered).toEqual(Object.entries(former).map(([column, value]) => ({ ...nothing, [column]: value })));
    await (
      await app.as('admin')
    )
      .post(`/api/v1/customers/${id}/anonymization`)
      .send({ confirmation: 'K-Einzeln', reason: 'ERASURE_REQUEST' })
      .expect(200);
    const { rows } = await app.sql.query('SELECT text FROM invoice_line WHERE customer_id = $1 ORDER BY position', [
      id,
    ]);
    expect(rows.map(({ text }) => text)).toEqual(texts.map(() => 'zu [anonymisiert] gehörig'));
  });

  it('is kept for identifying values only, until the customer is anonymized', async () => {
    const id = await app.records.customer({ email: null });
    await app.sql.query(`UPDATE customer SET note = 'neu', status = 'DECEASED' WHERE id = $1`, [id]);
    expect((await app.sql.query('SELECT FROM former_identity WHERE customer_id = $1', [id])).rowCount).toBe(0);
    await app.sql.query(`UPDATE customer SET email = 'neu@example.org' WHERE id = $1`, [id]);
    expect((await app.sql.query('SELECT FROM former_identity WHERE customer_id = $1', [id])).rowCount).toBe(0);
    await app.sql.query(`UPDATE customer SET email = NULL WHERE id = $1`, [id]);
    expect((await app.sql.query('SELECT email FROM former_identity WHERE customer_id = $1', [id])).rows).toEqual([
      { email: 'neu@example.org' },
    ]);
  });

  it('is kept for each name, birth date, address and number alone', async () => {
    const { rows: columns } = await app.sql.query<{ name: string; type: string }>(
      `SELECT column_name AS name, data_type AS type FROM information_schema.columns
       WHERE table_name = 'former_identity' AND column_name NOT IN ('id', 'customer_id')`,
    );
    const before = Object.fromEntries(
      columns.map(({ name, type }) => [name, type === 'date' ? '1950-01-02' : `früher ${name}`]),
    );
    const found: Record<string, unknown> = {};
    for (const { name, type } of columns) {
      const id = await app.records.customer(before);
      const now = type === 'date' ? '1951-01-02' : 'jetzt';
      await app.sql.query(`UPDATE customer SET ${name} = $2 WHERE id = $1`, [id, now]);
      const { rows } = await app.sql.query<{ remembered: object }>(
        `SELECT jsonb_strip_nulls(to_jsonb(f)) - '{id,customer_id}'::text[] AS remembered
         FROM former_identity f WHERE customer_id = $1`,
        [id],
      );
      found[name] = rows.map(({ remembered }) => remembered);
    }
    expect(found).toEqual(Object.fromEntries(columns.map(({ name }) => [name, [{ [name]: before[name] }]])));
    expect(Object.keys(found)).toEqual(
      expect.arrayContaining([
        'first_name',
        'last_name',
        'birth_name',
        'company_name',
        'birth_date',
        'email',
        'phone',
        'mobile',
      ]),
    );
  });
});
