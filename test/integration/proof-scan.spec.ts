import type { AnonymizationBatch } from '../../src/kernel/anonymization-step';
import { ProofScan } from '../../src/modules/data-map';
import { CANARY_NUMBER } from '../support/canary';
import { type FullCustomer, fullCustomer } from '../support/full-customer';
import { finishedRun } from '../support/runs';
import { TestApp } from '../support/test-app';

const mockLogLines: string[] = [];
jest.mock('pino', () => {
  const actual = jest.requireActual<typeof import('pino')>('pino');
  const toLines = { write: (line: string) => mockLogLines.push(line) };
  return { ...actual, pino: Object.assign((options: object) => actual.pino(options, toLines), actual.pino) };
});

const KEYS = [
  'Abaqo',
  'Ebequ',
  'Ibiqa',
  'Obaqe',
  'Ubuqi',
  'Ybyqo',
  'Acuqe',
  'Ecoqa',
  'Icoqu',
  'Ocuqa',
  'Ucaqe',
  'Aduqe',
  'Edoqa',
  'Idoqu',
];

/** Writes an old value into a column from which the erasure does not remove it. */
interface Plant {
  readonly name: string;
  readonly place: string;
  readonly statements: (customer: FullCustomer) => readonly string[];
}

const tokenOf = ({ tokens }: FullCustomer, beginning: string) => tokens.find((token) => token.startsWith(beginning))!;
const beforeUpdate = (table: string, assignment: (customer: FullCustomer) => string) => (customer: FullCustomer) => {
  const name = `write_back_${tokenOf(customer, 'Vorname').toLowerCase()}`;
  return [
    `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.${assignment(customer)}; RETURN NEW; END $$`,
    `CREATE TRIGGER ${name} BEFORE UPDATE ON ${table} FOR EACH ROW WHEN (OLD.customer_id = '${customer.id}') EXECUTE FUNCTION ${name}()`,
  ];
};

/** A trigger that writes a text back after redaction has removed the value. */
const inArticle = (text: (customer: FullCustomer) => string) => (customer: FullCustomer) => [
  `UPDATE stock_item SET article = '${text(customer)}' WHERE customer_id = '${customer.id}'`,
  ...beforeUpdate('stock_item', () => 'article := OLD.article')(customer),
];

const PLANTS: readonly Plant[] = [
  {
    name: 'a telephone number in a kept text',
    place: 'stock_item.article',
    statements: inArticle((customer) => `Hörgerät, Tel. 0711/${tokenOf(customer, '0711').slice(4)}`),
  },
  {
    name: 'an e-mail address in a kept text',
    place: 'stock_item.article',
    statements: inArticle((customer) => `Rückfragen: ${tokenOf(customer, 'mail').toUpperCase()}`),
  },
  {
    name: 'an IBAN in a kept text',
    place: 'stock_item.article',
    statements: inArticle((customer) => tokenOf(customer, 'DE44').replaceAll(/(.{4})/g, '$1 ')),
  },
  {
    name: 'a street with its number in a kept text',
    place: 'stock_item.article',
    statements: inArticle((customer) => `geliefert ${tokenOf(customer, 'Strasse')} 12`),
  },
  {
    name: 'a card number in a kept text',
    place: 'stock_item.article',
    statements: inArticle((customer) => `Karte ${tokenOf(customer, 'C')}`),
  },
  {
    name: 'a member number in a kept text',
    place: 'stock_item.article',
    statements: inArticle((customer) => `Mitglied ${tokenOf(customer, `M${CANARY_NUMBER}`)}`),
  },
  {
    name: 'a voucher number in a kept text',
    place: 'stock_item.article',
    statements: inArticle((customer) => `Gutschein ${tokenOf(customer, `G${CANARY_NUMBER}`)}`),
  },
  {
    name: 'the note in a kept text',
    place: 'stock_item.article',
    statements: (customer) => [
      `UPDATE customer SET note = 'Holt nur ${tokenOf(customer, 'Vorname')} freitags ab' WHERE id = '${customer.id}'`,
      ...inArticle(() => `Etui, holt nur ${tokenOf(customer, 'Vorname')} freitags ab`)(customer),
    ],
  },
  {
    name: 'last and first name in a number that a trigger writes back',
    place: 'care_case.number',
    statements: (customer) => [
      `UPDATE care_case SET number = '${tokenOf(customer, 'Nachname')}, ${tokenOf(customer, 'Vorname')} 1' WHERE customer_id = '${customer.id}'`,
      ...beforeUpdate('care_case', () => 'number := OLD.number')(customer),
    ],
  },
  {
    name: 'an erased text that a trigger writes back',
    place: 'invoice.remark',
    statements: beforeUpdate('invoice', () => 'remark := OLD.remark'),
  },
  {
    name: 'a lone name that a trigger writes back into a redacted text',
    place: 'service_contract.title',
    statements: beforeUpdate('service_contract', (customer) => `title := 'Wartung ${tokenOf(customer, 'Nachname')}'`),
  },
  {
    name: 'a name that a trigger writes in place of the label',
    place: 'quote.recipient_name',
    statements: beforeUpdate(
      'quote',
      (customer) => `recipient_name := '${tokenOf(customer, 'Vorname')} ${tokenOf(customer, 'Nachname')}'`,
    ),
  },
  {
    name: 'a name that a trigger writes in place of the label of a receipt, which no trigger protects',
    place: 'receipt.customer_name',
    statements: (customer) => [
      'ALTER TABLE receipt DISABLE TRIGGER refuse_change',
      ...beforeUpdate('receipt', () => {
        const name = `${tokenOf(customer, 'Vorname')} ${tokenOf(customer, 'Nachname')}`;
        return `customer_name := '${name}'`;
      })(customer),
    ],
  },
];

describe('the proof at the end of an anonymization', () => {
  let app: TestApp;
  const keys = [...KEYS];

  beforeAll(async () => {
    app = await TestApp.start({ LETHE_LOG_LEVEL: 'debug' });
  });
  beforeEach(() => {
    mockLogLines.length = 0;
  });
  afterEach(() => app.sql.query('ALTER TABLE receipt ENABLE ALWAYS TRIGGER refuse_change'));
  afterAll(() => app?.stop());

  const plant = async (statements: readonly string[]) => {
    for (const statement of statements) await app.sql.query(statement);
  };
  const anonymize = async (id: string, confirmation: string) =>
    (await app.as('admin'))
      .post(`/api/v1/customers/${id}/anonymization`)
      .send({ confirmation, reason: 'ERASURE_REQUEST' });
  const rowOf = async (id: string) =>
    (await app.sql.query<{ row: string }>('SELECT c::text AS row FROM customer c WHERE id = $1', [id])).rows[0]!.row;
  const failures = () =>
    mockLogLines.map((line) => JSON.parse(line)).filter(({ event }) => event === 'anonymization_failed');

  it.each(PLANTS)('refuses $name', async ({ place, statements }) => {
    const customer = await fullCustomer(app.sql, keys.pop()!);
    await plant(statements(customer));
    const before = await rowOf(customer.id);
    const [table, column] = place.split('.');
    const { rows } = await app.sql.query<{ id: string }>(`SELECT id::text FROM ${table} WHERE customer_id = $1`, [
      customer.id,
    ]);
    const { status, body } = await anonymize(customer.id, customer.customerNumber);
    expect([status, body]).toEqual([
      500,
      expect.objectContaining({
        code: 'ANONYMIZATION_FAILED',
        failureCode: 'PERSONAL_VALUE_LEFT',
        failure: { table, column, recordId: expect.any(String) },
      }),
    ]);
    const { failure } = body as { failure: { recordId: string } };
    expect(rows.map(({ id }) => id)).toContain(failure.recordId);
    expect(await rowOf(customer.id)).toBe(before);
    expect(failures()).toEqual([expect.objectContaining({ customerId: customer.id, ...failure })]);
    const { rows: entries } = await app.sql.query<{ details: object }>(
      `SELECT content -> 'details' AS details FROM audit.entry
       WHERE content ->> 'customerId' = $1 AND content ->> 'action' = 'ANONYMIZATION_FAILED'`,
      [customer.id],
    );
    expect(entries).toEqual([
      { details: { failureCode: 'PERSONAL_VALUE_LEFT', failure, reason: 'ERASURE_REQUEST', reference: null } },
    ]);
    const written = [...mockLogLines, JSON.stringify(body)].join('\n').toLowerCase();
    expect(customer.tokens.filter((token) => written.includes(token.toLowerCase()))).toEqual([]);
  });

  it.each([
    ['deleted', 'address', 'DELETE', 'true'],
    ['emptied', 'payment', 'UPDATE', 'true'],
    ['redacted', 'service_contract', 'UPDATE', 'OLD.title IS DISTINCT FROM NEW.title'],
  ])('is not reached when a row is not %s as counted', async (how, table, event, condition) => {
    const customer = await fullCustomer(app.sql, `Og${how}`);
    const name = `pass_over_${table}`;
    await plant([
      `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$`,
      `CREATE TRIGGER ${name} BEFORE ${event} ON ${table} FOR EACH ROW
       WHEN (OLD.customer_id = '${customer.id}' AND ${condition}) EXECUTE FUNCTION ${name}()`,
    ]);
    const before = await rowOf(customer.id);
    const { status, body } = await anonymize(customer.id, customer.customerNumber);
    expect([status, body]).toEqual([
      500,
      expect.objectContaining({
        code: 'ANONYMIZATION_FAILED',
        failureCode: 'ERASURE_INCOMPLETE',
        failure: { table, column: null, recordId: null },
      }),
    ]);
    expect(await rowOf(customer.id)).toBe(before);
  });

  it('excludes exactly this customer from a run', async () => {
    const customers: FullCustomer[] = [];
    for (const key of ['Efaqo', 'Ifequ', 'Ofiqa', 'Ufaqe', 'Yfuqi']) customers.push(await fullCustomer(app.sql, key));
    const marked = customers[2]!;
    await plant(inArticle((customer) => tokenOf(customer, 'mail'))(marked));
    const admin = await app.as('admin');
    const customerIds = customers.map(({ id }) => id);
    const { id } = (await admin.post('/api/v1/anonymization-runs').send({ customerIds }).expect(202)).body;
    await finishedRun(admin, id, 'PREVIEWED');
    await admin
      .post(`/api/v1/anonymization-runs/${id}/start`)
      .send({ confirmation: 5, reason: 'ERASURE_REQUEST' })
      .expect(202);
    expect((await finishedRun(admin, id, 'COMPLETED')).counts).toMatchObject({ total: 5, anonymized: 4, failed: 1 });
    const { body } = await admin.get(`/api/v1/anonymization-runs/${id}/items?state=FAILED`).expect(200);
    expect(body.items).toEqual([
      expect.objectContaining({
        customerId: marked.id,
        failureCode: 'PERSONAL_VALUE_LEFT',
        failure: { table: 'stock_item', column: 'article', recordId: expect.stringMatching(/^\d+$/) },
      }),
    ]);
    const { recordId } = (body as { items: { failure: { recordId: string } }[] }).items[0]!.failure;
    const report = await admin.get(`/api/v1/anonymization-runs/${id}/report.csv`).expect(200);
    expect(report.text).toContain(`,FAILED,PERSONAL_VALUE_LEFT,,,stock_item.article ${recordId}\n`);
  });

  describe('accepts', () => {
    const record = async (values: Readonly<Record<string, unknown>>) => {
      const id = await app.records.customer(values);
      return { id, of: { customer_id: id } };
    };
    const passes = async (id: string) => {
      const { rows } = await app.sql.query<{ number: string }>(
        'SELECT customer_number AS number FROM customer WHERE id = $1',
        [id],
      );
      const { status, body } = await anonymize(id, rows[0]!.number);
      expect([status, body]).toEqual([200, expect.objectContaining({ outcome: 'ANONYMIZED' })]);
    };

    it('a lone name in a kept text', async () => {
      const { id, of } = await record({ first_name: 'Michael', last_name: 'Oticon' });
      await app.records.insert('stock_item', {
        ...of,
        owner: 'CUSTOMER',
        article: 'Oticon Ruby',
        owner_name: 'Oticon',
      });
      await passes(id);
    });

    it('the label, even if employee and customer have the same name', async () => {
      await app.sql.query(`UPDATE employee SET display_name = 'Erika Beispiel' WHERE username = 'admin'`);
      const { id, of } = await record({ first_name: 'Erika', last_name: 'Beispiel' });
      await app.records.insert('receipt', { ...of, customer_name: 'Erika Beispiel' });
      await passes(id);
      const { rows } = await app.sql.query('SELECT customer_name FROM receipt WHERE customer_id = $1', [id]);
      expect(rows[0].customer_name).toMatch(/^Anonymisiert am .* von Erika Beispiel$/);
    });

    it('a number that is also the number of a record', async () => {
      const { id, of } = await record({ customer_number: 'K-7700123', phone: '770012' });
      await app.records.insert('customer_card', { ...of, number: 'K-7700123', invalidated_on: '2020-03-01' });
      await app.records.insert('bank_account', { ...of, mandate_reference: 'W-7700123-1' });
      await app.records.insert('service_contract', { ...of, number: 'W-7700123-1' });
      await app.records.insert('receipt', { ...of, number: '2020-770012' });
      await app.records.insert('stock_item', { ...of, owner: 'CUSTOMER', serial_number: 'SN 770012' });
      await passes(id);
    });

    it('words in place of values, and values that are too short', async () => {
      const { id, of } = await record({
        phone: '48213',
        mobile: 'keine Angabe',
        email: 'unbekannt',
        company_name: 'Unitron Hearing',
        note: 'Unitron Hearing Moxi',
      });
      await app.records.insert('address', { ...of, street: 'Lindenallee', city: 'Unitron' });
      await app.records.insert('cost_bearer_membership', {
        ...of,
        cost_bearer_id: await app.records.insert('cost_bearer'),
        member_number: 'Lindenallee',
      });
      const article = 'Unitron Hearing Moxi, Modell Lindenallee 48213, keine Angabe, unbekannt';
      await app.records.insert('stock_item', { ...of, owner: 'CUSTOMER', article });
      await passes(id);
    });
  });

  it('executes no statement when no identifying value is known', async () => {
    const batch: AnonymizationBatch = {
      customerIds: [],
      identifiers: new Map(),
      context: {
        runId: '',
        actorId: '',
        actorRole: '',
        instant: new Date(),
        today: '2026-11-23',
        label: '',
        reason: '',
        reference: null,
      },
    };
    // outside of a transaction, where any statement would fail
    await expect(app.nest.get(ProofScan).prove(batch)).resolves.toBeUndefined();
    await expect(
      app.nest.get(ProofScan).prove({ ...batch, identifiers: new Map([['', [{ kind: 'EMAIL', value: 'a@b.de' }]]]) }),
    ).rejects.toThrow('A statement needs a transaction');
  });
});
