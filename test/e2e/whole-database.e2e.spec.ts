import { canonicalize } from 'json-canonicalize';
import { dumpDatabase, searchOf } from '../support/database-dump';
import { type FullCustomer, fullCustomer } from '../support/full-customer';
import { sealedCopiesOf } from '../support/sealed-copies';
import { TestApp } from '../support/test-app';
import { finishedRun } from '../support/runs';

const KEYS = ['Abaqo', 'Ebequ', 'Ibiqa', 'Obaqe', 'Ubuqi', 'Ybyqo', 'Acuqe', 'Ecoqa'];

describe('the whole database, value by value', () => {
  let app: TestApp;
  let forgotten: FullCustomer[];
  let others: FullCustomer[];
  let tablesBefore: ReturnType<typeof searchOf>;
  let tablesAfter: ReturnType<typeof searchOf>;

  beforeAll(async () => {
    app = await TestApp.start();
    const relative = await app.records.customer();
    const customers: FullCustomer[] = [];
    for (const key of KEYS) customers.push(await fullCustomer(app.sql, key, relative));
    forgotten = customers.slice(0, 4);
    others = customers.slice(4);
    tablesBefore = searchOf(await dumpDatabase(app.sql));
    const admin = await app.as('admin');
    const { id } = (
      await admin
        .post('/api/v1/anonymization-runs')
        .send({ customerIds: forgotten.map(({ id }) => id) })
        .expect(202)
    ).body;
    await finishedRun(admin, id, 'PREVIEWED');
    await admin
      .post(`/api/v1/anonymization-runs/${id}/start`)
      .send({ confirmation: 4, reason: 'ERASURE_REQUEST' })
      .expect(202);
    const run = await finishedRun(admin, id, 'COMPLETED');
    expect(run.counts).toMatchObject({ total: 4, anonymized: 4 });
    tablesAfter = searchOf(await dumpDatabase(app.sql));
  });
  afterAll(() => app.stop());

  it('contained every value before, so that an empty result proves something', () => {
    for (const { tokens } of [...forgotten, ...others])
      for (const token of tokens) expect({ token, at: tablesBefore(token).length > 0 }).toEqual({ token, at: true });
  });

  it('contains no value of anonymized customers, in any column of any table', () => {
    for (const { tokens } of forgotten)
      for (const token of tokens) expect({ token, at: tablesAfter(token) }).toEqual({ token, at: [] });
  });

  it('keeps every value of the others unchanged', () => {
    for (const { tokens } of others)
      for (const token of tokens) expect({ token, at: tablesAfter(token) }).toEqual({ token, at: tablesBefore(token) });
  });

  it('keeps the texts that named anonymized customers, without their names', async () => {
    for (const { id, keptTexts } of forgotten) {
      for (const text of keptTexts) expect(tablesAfter(text)).not.toEqual([]);
      const { rows } = await app.sql.query('SELECT article, text FROM invoice_line WHERE customer_id = $1', [id]);
      for (const row of rows) {
        expect(row.article).toMatch(/^Hoersystem\w+ fuer \[anonymisiert\]$/);
        expect(row.text).toBe(
          'Anpassung Herr [anonymisiert], [anonymisiert], Tel. [anonymisiert], [anonymisiert], geb. [anonymisiert], Mitglied [anonymisiert]',
        );
      }
    }
  });

  it('proves columns with common values individually', async () => {
    for (const { id } of forgotten) {
      const { rows } = await app.sql.query('SELECT * FROM customer WHERE id = $1', [id]);
      expect(rows[0]).toMatchObject({
        salutation: null,
        gender: null,
        birth_date: null,
        status: 'DELETED',
        last_name: expect.stringMatching(/^Anonymisiert am \d\d\.\d\d\.\d{4} von Administrator$/),
      });
      for (const table of [
        'address',
        'relationship',
        'health_insurance_card',
        'marketing_consent',
        'bank_account',
        'customer_card',
        'selection_member',
        'customer_search',
      ])
        expect(
          (await app.sql.query(`SELECT count(*)::int AS count FROM ${table} WHERE customer_id = $1`, [id])).rows[0],
        ).toEqual({ count: 0 });
      expect((await app.sql.query(`SELECT status, end_reason FROM quote WHERE customer_id = $1`, [id])).rows).toEqual([
        { status: 'ENDED', end_reason: 'CUSTOMER_ANONYMIZED' },
      ]);
      expect(
        (await app.sql.query(`SELECT count(*)::int AS count FROM relationship WHERE related_customer_id = $1`, [id]))
          .rows[0],
      ).toEqual({ count: 0 });
      const copiedNames = [
        ['invoice', 'recipient_name'],
        ['quote', 'recipient_name'],
        ['receipt', 'customer_name'],
        ['stock_item', 'owner_name'],
      ] as const;
      for (const [table, column] of copiedNames) {
        const { rows: names } = await app.sql.query(
          `SELECT DISTINCT ${column} AS name FROM ${table} WHERE customer_id = $1`,
          [id],
        );
        expect([table, names]).toEqual([table, [{ name: rows[0].last_name }]]);
      }
    }
  });

  it('writes every audit entry as canonical JSON', async () => {
    const { rows } = await app.sql.query<{ canonical: string }>('SELECT canonical FROM audit.entry');
    expect(rows.length).toBeGreaterThan(5 * forgotten.length);
    for (const { canonical } of rows) expect(canonical).toBe(canonicalize(JSON.parse(canonical)));
  });

  it('labels each customer with its own number, whatever the order of the batch', async () => {
    const { rows } = await app.sql.query<{ id: string; number: string }>(
      `SELECT customer_id AS id, canonical::jsonb -> 'details' ->> 'customerNumber' AS number
       FROM audit.entry WHERE canonical::jsonb -> 'details' ? 'customerNumber'`,
    );
    expect(new Map(rows.map(({ id, number }) => [id, number]))).toEqual(
      new Map(forgotten.map(({ id, customerNumber }) => [id, customerNumber])),
    );
  });

  it('keeps sealed copies with name and address that only the offline identity opens', async () => {
    for (const { id, customerNumber, tokens } of forgotten) {
      const copies = await sealedCopiesOf(app, id);
      const classes = copies.map(({ retentionClass }) => retentionClass);
      expect([...new Set(classes)]).toEqual(['BUSINESS_LETTER', 'MEDICAL_DEVICE', 'VOUCHER']);
      for (const { text, copy } of copies) {
        expect(text).toBe(canonicalize(copy));
        expect(copy.customer).toMatchObject({ customerNumber, firstName: tokens[0], lastName: tokens[1] });
      }
      const vouchers = copies.filter(({ copy }) => copy.records.invoices);
      // the invoice of 2012 was paid in 2020
      expect(vouchers.map(({ copy, retentionUntil }) => [copy.records.invoices, retentionUntil])).toEqual([
        [[expect.objectContaining({ issuedOn: '2012-05-01' })], '2028-12-31'],
        [
          [
            expect.objectContaining({
              issuedOn: '2024-05-01',
              gross: 11900,
              recipientName: `${tokens[0]} ${tokens[1]}`,
            }),
          ],
          '2032-12-31',
        ],
      ]);
      for (const { copy } of vouchers) {
        expect(copy.records.invoices[0].lines).toHaveLength(1);
        expect(copy.records.invoices[0].payments).toHaveLength(2);
      }
    }
  });
});
