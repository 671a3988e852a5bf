import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import type TestAgent from 'supertest/lib/agent';
import { TransactionRunner } from '../../src/platform/database/transaction-runner';
import { textOfPages } from '../support/pdf-text';
import { PASSWORD, TestApp } from '../support/test-app';
import { until } from '../support/until';

const TEMPLATE = '{{salutation}} {{firstName}} {{lastName}}, {{street}}, {{postalCode}} {{city}}';
const TODAY = '2026-11-23';
const VERY_MANY = 6_000;

describe('mail merge', () => {
  let app: TestApp;
  let employee: TestAgent;

  beforeAll(async () => {
    app = await TestApp.start();
    app.clock.set(`${TODAY}T10:00:00Z`);
    employee = await app.as('employee');
  });
  afterAll(() => app.stop());

  const customer = async (number: string, values: object = {}, consents: readonly object[] = [{}]) => {
    const id = await app.records.customer({ customer_number: number, ...values });
    for (const consent of consents) await app.records.insert('marketing_consent', { customer_id: id, ...consent });
    return id;
  };
  const livingAt = (id: string, street: string, postal_code: string, city: string) =>
    app.records.insert('address', { customer_id: id, street, postal_code, city });
  const select = async (...customerIds: string[]): Promise<string> =>
    (await employee.post('/api/v1/selections').send({ name: 'Brief', customerIds }).expect(201)).body.id;
  const merge = (selectionId: string, body: object) =>
    employee.post(`/api/v1/selections/${selectionId}/mail-merge`).send(body);
  const rowsOf = async (selectionId: string, body: object): Promise<Record<string, string>[]> =>
    parse((await merge(selectionId, body).expect(200)).text, { columns: true });
  const numbersOf = async (selectionId: string, more: object = {}) =>
    (await rowsOf(selectionId, { template: 'x', ...more })).map(({ customerNumber }) => customerNumber).sort();
  const anonymize = async (id: string, confirmation: string) =>
    (await app.as('admin'))
      .post(`/api/v1/customers/${id}/anonymization`)
      .send({ confirmation, reason: 'ERASURE_REQUEST' })
      .expect(200);

  it('writes a letter to each member, as CSV', async () => {
    const full = await customer('L-1', { salutation: 'Frau', first_name: 'Łucja', last_name: 'Weiß' });
    await livingAt(full, 'Königstraße 1', '70173', 'Stuttgart');
    await app.records.insert('address', { customer_id: full, type: 'DELIVERY', street: 'Falsch 1', city: 'Falsch' });
    const bare = await customer('L-2', { first_name: null, last_name: null, company_name: 'Optik "GmbH"\n& Co.' });
    const response = await merge(await select(full, bare), { template: `${TEMPLATE}\n\nGrüße` }).expect(200);
    expect(response.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename=letters.csv',
      'cache-control': 'no-store',
    });
    const byNumber = (a: { customerNumber: string }, b: { customerNumber: string }) =>
      a.customerNumber < b.customerNumber ? -1 : 1;
    expect(parse<{ customerNumber: string }>(response.text, { columns: true }).sort(byNumber)).toEqual([
      {
        customerNumber: 'L-1',
        salutation: 'Frau',
        firstName: 'Łucja',
        lastName: 'Weiß',
        street: 'Königstraße 1',
        postalCode: '70173',
        city: 'Stuttgart',
        letter: 'Frau Łucja Weiß, Königstraße 1, 70173 Stuttgart\n\nGrüße',
      },
      {
        customerNumber: 'L-2',
        salutation: '',
        firstName: '',
        lastName: 'Optik "GmbH"\n& Co.',
        street: '',
        postalCode: '',
        city: '',
        letter: '  Optik "GmbH"\n& Co., ,  \n\nGrüße',
      },
    ]);
  });

  it('replaces every occurrence of a placeholder once, whatever the value looks like', async () => {
    const id = await customer('L-3', { first_name: '{{lastName}}', last_name: '$&$1' });
    const [row] = await rowsOf(await select(id), { template: '{{firstName}}|{{ lastName }}|{{lastName}}' });
    expect(row!.letter).toBe('{{lastName}}|$&$1|$&$1');
  });

  it.each(['=1+1', '+1', '-1', '@x', '\tx', '\rx'])('lets no spreadsheet run %j', async (name) => {
    const id = await customer(`F${name.charCodeAt(0)}`, { first_name: name, last_name: name });
    const [row] = await rowsOf(await select(id), { template: '{{firstName}}' });
    expect([row!.firstName, row!.lastName, row!.letter]).toEqual([`'${name}`, `'${name}`, `'${name}`]);
  });

  it.each<[string, readonly object[], boolean]>([
    ['no consent', [], false],
    ['one by e-mail only', [{ channel: 'EMAIL' }], false],
    ['one from today on', [{ granted_on: TODAY }], true],
    ['one from tomorrow on', [{ granted_on: '2026-11-24' }], false],
    ['one that was withdrawn', [{ withdrawn_on: '2026-01-01' }], false],
    ['one that was withdrawn today', [{ withdrawn_on: TODAY }], false],
    ['one that ends tomorrow', [{ withdrawn_on: '2026-11-24' }], true],
    ['a new one after a withdrawal', [{ withdrawn_on: '2021-01-01' }, { granted_on: '2022-01-01' }], true],
    ['a withdrawal after both', [{}, { granted_on: '2021-01-01', withdrawn_on: '2022-01-01' }], false],
  ])('advertises only with a valid consent to post: %s', async (name, consents, written) => {
    const number = `C-${name.replaceAll(/\W/g, '')}`;
    const selection = await select(await customer(number, {}, consents));
    expect(await numbersOf(selection)).toEqual(written ? [number] : []);
    expect(await numbersOf(selection, { contractual: false })).toEqual(written ? [number] : []);
    expect(await numbersOf(selection, { contractual: true })).toEqual([number]);
  });

  it('includes customers who left, but never anonymized or merged ones', async () => {
    const [died, left, gone, doubled, target] = [
      await customer('M-1', { status: 'DECEASED' }),
      await customer('M-2', { status: 'DELETED' }),
      await customer('M-3'),
      await customer('M-4'),
      await customer('M-5'),
    ];
    const selection = await select(died, left, gone, doubled, target);
    await anonymize(gone, 'M-3');
    await (
      await app.as('admin')
    )
      .post(`/api/v1/customers/${doubled}/merge`)
      .send({ intoCustomerId: target })
      .expect(200);
    // another program inserts them again, past the guards
    await app.sql.query(`SET session_replication_role = replica`);
    await app.sql.query(`ALTER TABLE selection_member DISABLE TRIGGER guard_insert`);
    for (const id of [gone, doubled])
      await app.sql.query('INSERT INTO selection_member VALUES ($1, $2) ON CONFLICT DO NOTHING', [selection, id]);
    await app.sql.query(`ALTER TABLE selection_member ENABLE ALWAYS TRIGGER guard_insert`);
    await app.sql.query(`SET session_replication_role = DEFAULT`);
    expect(await numbersOf(selection, { contractual: true })).toEqual(['M-1', 'M-2', 'M-5']);
  });

  it('excludes customers who are anonymized between two batches', async () => {
    const { rows } = await app.sql.query<{ id: string; number: string }>(
      `INSERT INTO customer (customer_number, branch_id, status, last_name)
       SELECT 'Z-' || n, (SELECT min(id) FROM branch), 'ACTIVE', 'Zwischen' FROM generate_series(1, 450) AS n
       RETURNING id, customer_number AS number`,
    );
    const selection = await select(...rows.map(({ id }) => id));
    const last = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1)).at(-1)!;
    const transaction = app.nest.get(TransactionRunner);
    const query = transaction.query.bind(transaction);
    let batches = 0;
    const spy = jest.spyOn(transaction, 'query').mockImplementation(async (sql, parameters) => {
      const batch = await query(sql, parameters);
      if (sql.includes('FROM customer c LEFT JOIN address a') && ++batches === 1) await anonymize(last.id, last.number);
      return batch;
    });
    try {
      const numbers = await numbersOf(selection, { contractual: true });
      expect(batches).toBeGreaterThan(1);
      expect(numbers).toHaveLength(449);
      expect(numbers).not.toContain(last.number);
    } finally {
      spy.mockRestore();
    }
  });

  describe('as PDF', () => {
    const pdfOf = async (selectionId: string, body: object, accept = 'application/pdf') => {
      const response = await merge(selectionId, body)
        .set('Accept', accept)
        .buffer(true)
        .parse((message, done) => {
          buffer(message as unknown as IncomingMessage).then(
            (bytes) => done(null, bytes),
            (error: Error) => done(error, null),
          );
        })
        .expect(200);
      expect(response.headers['content-type']).toBe('application/pdf');
      return response.body as Buffer;
    };

    it('has one letter per page, with the address in the window', async () => {
      const first = await customer('P-1', { salutation: 'Herr', first_name: 'Łukasz', last_name: 'Doğan-Øvergård' });
      await livingAt(first, 'Straße des 17. Juni 1', '10115', 'Berlin');
      const second = await customer('P-2', { first_name: 'Anna', last_name: 'Ziemer', company_name: 'Ziemer KG' });
      const template = 'Guten Tag {{firstName}} {{lastName}},\r\nIhre Hörgeräte für 99 € sind da.';
      const pdf = await pdfOf(await select(first, second), { template });
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
      expect(pdf.subarray(-6).toString()).toBe('%%EOF\n');
      expect(textOfPages(pdf).sort()).toEqual(
        [
          'Herr\nŁukasz Doğan-Øvergård\nStraße des 17. Juni 1\n10115 Berlin\n' +
            'Guten Tag Łukasz Doğan-Øvergård,\nIhre Hörgeräte für 99 € sind da.',
          'Ziemer KG\nAnna Ziemer\nGuten Tag Anna Ziemer,\nIhre Hörgeräte für 99 € sind da.',
        ].sort(),
      );
    });

    it('is requested by the header or in the body', async () => {
      const selection = await select(await customer('P-3'));
      await pdfOf(selection, { template: 'x', format: 'pdf' }, 'text/csv');
      await pdfOf(selection, { template: 'x' }, 'application/pdf, text/csv;q=0.5');
      for (const accept of ['text/csv', '*/*', 'application/json', 'text/csv, application/pdf;q=0.1'])
        expect((await merge(selection, { template: 'x' }).set('Accept', accept).expect(200)).type).toBe('text/csv');
      const csv = await merge(selection, { template: 'x', format: 'csv' }).set('Accept', 'application/pdf').expect(200);
      expect(csv.type).toBe('text/csv');
    });

    it('is valid even without letters, and continues on a second page for a long one', async () => {
      const nobody = await select();
      expect(textOfPages(await pdfOf(nobody, { template: 'x' }))).toEqual(['']);
      const [first, second, ...more] = textOfPages(
        await pdfOf(await select(await customer('P-4')), { template: 'Zeile\n'.repeat(70) }),
      );
      expect(more).toEqual([]);
      expect([...first!.matchAll(/Zeile/g), ...second!.matchAll(/Zeile/g)]).toHaveLength(70);
    });
  });

  it.each<[object, string, string]>([
    [{}, 'template', 'MAX_LENGTH'],
    [{ template: '' }, 'template', 'MATCHES'],
    [{ template: ' \n ' }, 'template', 'MATCHES'],
    [{ template: 'x'.repeat(10_001) }, 'template', 'MAX_LENGTH'],
    [{ template: 'Liebe {{name}}' }, 'template', 'UNKNOWN_PLACEHOLDER'],
    [{ template: 'Liebe {{firstname}}' }, 'template', 'UNKNOWN_PLACEHOLDER'],
    [{ template: '{{lastName' }, 'template', 'UNKNOWN_PLACEHOLDER'],
    [{ template: '{{constructor}}' }, 'template', 'UNKNOWN_PLACEHOLDER'],
    [{ template: '{{Frau Müller}}' }, 'template', 'UNKNOWN_PLACEHOLDER'],
    [{ template: 'x', contractual: 'yes' }, 'contractual', 'IS_BOOLEAN'],
    [{ template: 'x', contractual: null }, 'contractual', 'IS_BOOLEAN'],
    [{ template: 'x', format: 'docx' }, 'format', 'IS_IN'],
    [{ template: 'x', to: 'all' }, 'to', 'UNKNOWN_FIELD'],
  ])('is refused for %j', async (body, field, code) => {
    const response = await merge(await select(), body).expect(400);
    expect(response.body).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ field, code }] });
    expect(response.text).not.toMatch(/Müller|firstname|constructor/);
  });

  it('exists for known selections and permitted roles', async () => {
    for (const id of ['999999', 'nonsense'])
      expect((await merge(id, { template: 'x' }).expect(404)).body.code).toBe('SELECTION_NOT_FOUND');
    await (await app.as('compliance')).post('/api/v1/selections/1/mail-merge').send({ template: 'x' }).expect(403);
  });

  it('sends very many letters at the reader’s pace, and stops when the reader disconnects', async () => {
    await app.sql.query(
      `INSERT INTO customer (customer_number, branch_id, status, last_name)
       SELECT 'VIELE-' || n, (SELECT min(id) FROM branch), 'DECEASED', 'Viele' FROM generate_series(1, $1) AS n`,
      [VERY_MANY],
    );
    const { body: selection } = await employee
      .post('/api/v1/selections')
      .send({ name: 'Viele', criteria: { status: ['DECEASED'] } })
      .expect(201);
    const { body: login } = await app
      .anonymous()
      .post('/api/v1/auth/login')
      .send({ username: 'employee', password: PASSWORD });
    const { port } = app.nest.getHttpServer().address() as AddressInfo;
    // all letters together are several times larger than the buffers between server and reader
    const content = JSON.stringify({ template: 'Guten Tag\n'.repeat(1_000), contractual: true });
    const ask = async (): Promise<IncomingMessage> => {
      const call = request({
        port,
        path: `/api/v1/selections/${selection.id}/mail-merge`,
        method: 'POST',
        headers: { Authorization: `Bearer ${login.accessToken}`, 'Content-Type': 'application/json' },
      }).end(content);
      return ((await once(call, 'response')) as [IncomingMessage])[0];
    };
    const spy = jest.spyOn(app.nest.get(TransactionRunner), 'query');
    const batches = () => spy.mock.calls.filter(([sql]) => sql.includes('FROM customer c LEFT JOIN address a')).length;
    const all = Math.ceil(VERY_MANY / 200);
    const alive = () => app.anonymous().get('/api/v1/health/live').expect(200);

    const answers: ServerResponse[] = [];
    app.nest.getHttpServer().on('request', (_: unknown, answer: ServerResponse) => answers.push(answer));
    const first = await ask();
    await once(first, 'readable');
    // without a reader, the server eventually stops writing
    let before = -1;
    await until('the server waits for the reader', async () => {
      const isStill = before === batches() && answers[0]!.writableNeedDrain;
      before = batches();
      for (let turn = 0; turn < 5; turn++) await alive();
      return isStill && before === batches();
    });
    expect(before).toBeLessThan(all / 2);

    first.destroy();
    await until('the server knows that he is gone', () => answers[0]!.destroyed);
    for (let turn = 0; turn < 5; turn++) await alive();
    expect(batches()).toBeLessThanOrEqual(before + 1); // one batch may have been in flight

    before = batches();
    const letters = parse(await text(await ask()), { columns: true });
    expect(letters.length).toBeGreaterThanOrEqual(VERY_MANY);
    expect(batches() - before).toBeGreaterThanOrEqual(all);
    spy.mockRestore();
  });
});
