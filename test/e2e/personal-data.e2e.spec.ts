import { createHash, randomBytes } from 'node:crypto';
import { get as httpGet } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import type { Response } from 'supertest';
import type TestAgent from 'supertest/lib/agent';
import { DataMap } from '../../src/modules/data-map';
import type {
  PersonalDataColumnResponse,
  PersonalDataResponse,
} from '../../src/modules/personal-data/queries/export-personal-data/export-personal-data.response';
import { archiveDocument, contentStoreOf } from '../support/documents';
import { type FullCustomer, fullCustomer } from '../support/full-customer';
import { sealedCopiesOf } from '../support/sealed-copies';
import { PASSWORD, TestApp } from '../support/test-app';
import { zipEntries } from '../support/zip-entries';
import { until } from '../support/until';

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

describe('the personal data of a customer', () => {
  let app: TestApp;
  let admin: TestAgent;
  let relative: FullCustomer;
  let customer: FullCustomer;

  beforeAll(async () => {
    app = await TestApp.start();
    admin = await app.as('admin');
    relative = await fullCustomer(app.sql, 'Relativ');
    customer = await fullCustomer(app.sql, 'Exportiert', relative.id);
  });
  afterAll(() => app.stop());

  const pathOf = (id: string, query = '') => `/api/v1/customers/${id}/personal-data${query}`;
  const dataOf = async (id: string) => (await admin.get(pathOf(id)).expect(200)).body as PersonalDataResponse;
  const zipOf = async (id: string) => {
    const { body, headers } = await admin
      .get(pathOf(id))
      .set('Accept', 'application/zip')
      .buffer(true)
      .parse(bytesOf)
      .expect(200);
    expect(headers).toMatchObject({
      'content-type': 'application/zip',
      'content-disposition': 'attachment; filename=personal-data.zip',
      'cache-control': 'no-store',
    });
    return zipEntries(body as Buffer);
  };
  const tableOf = (data: PersonalDataResponse, name: string) => {
    const found = data.modules.flatMap(({ tables }) => tables).find(({ table }) => table === name);
    return found as { columns: PersonalDataColumnResponse[]; rows: readonly Record<string, unknown>[] };
  };
  const archivedIn = (data: PersonalDataResponse) =>
    data.modules
      .find(({ module }) => module === 'archive')!
      .documents!.map(({ type, content, file }) => ({
        type,
        content,
        file,
      }));
  const exportsOf = async (id: string) =>
    (
      await app.sql.query(
        `SELECT actor_role AS role, outcome, canonical::jsonb -> 'details' AS details FROM audit.entry
         WHERE customer_id = $1 AND action = 'PERSONAL_DATA_EXPORTED' ORDER BY id`,
        [id],
      )
    ).rows;

  describe('is complete:', () => {
    it('it contains every stored value of the customer, and none of another customer', async () => {
      const { text } = await admin.get(pathOf(customer.id)).expect(200);
      expect(customer.tokens.filter((token) => !text.includes(token))).toEqual([]);
      expect([...customer.keptTexts, customer.customerNumber].filter((value) => !text.includes(value))).toEqual([]);
      expect(relative.tokens.filter((token) => text.includes(token))).toEqual([]);
      expect(text).not.toContain(relative.customerNumber);
    });

    it('it contains every table of customers, with all columns and all rows', async () => {
      const data = await dataOf(customer.id);
      const tables = app.nest.get(DataMap).allCustomerTables;
      expect(data.modules.map(({ module }) => module).sort()).toEqual(
        [...new Set(tables.map(({ module }) => module))].sort(),
      );
      for (const { name, rule, columns } of tables) {
        const exported = tableOf(data, name);
        expect([name, exported.columns.map(({ column }) => column)]).toEqual([
          name,
          columns.map((column) => column.name),
        ]);
        const owner = rule.customerColumns.map((column) => `${column} = $1`).join(' OR ');
        const { rowCount } = await app.sql.query(`SELECT FROM ${name} WHERE ${owner}`, [customer.id]);
        expect([name, exported.rows.length]).toEqual([name, rowCount]);
        const shown = exported.columns.filter(({ withheld }) => withheld === null).map(({ field }) => field);
        for (const row of exported.rows) expect([name, Object.keys(row)]).toEqual([name, shown]);
      }
    });

    it('it describes each column', async () => {
      const { columns, rows } = tableOf(await dataOf(customer.id), 'customer');
      expect(columns).toContainEqual({
        field: 'firstName',
        column: 'first_name',
        category: 'IDENTITY',
        treatment: 'ERASE',
        reason: expect.stringMatching(/./),
        withheld: null,
      });
      expect(rows).toEqual([
        expect.objectContaining({
          id: customer.id,
          customerNumber: customer.customerNumber,
          birthDate: '1948-02-29',
          version: 1,
          createdAt: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/),
        }),
      ]);
    });

    it('it resolves references', async () => {
      const data = await dataOf(customer.id);
      const [membership] = tableOf(data, 'cost_bearer_membership').rows;
      const references = Object.fromEntries(
        data.references.map(({ table, rows }) => [table, rows as Record<string, unknown>[]]),
      );
      expect(Object.keys(references).sort()).toEqual([
        'branch',
        'cost_bearer',
        'loyalty_program',
        'selection',
        'stock_item',
      ]);
      const bearer = references.cost_bearer!.find(({ id }) => id === membership!.costBearerId);
      expect(bearer).toEqual({ id: expect.any(String), ik: expect.any(String), name: expect.stringMatching(/^Kasse/) });
      expect(Object.keys(references.stock_item![0]!)).not.toContain('ownerName');
    });
  });

  describe('leads to no other person:', () => {
    it('no id of another customer, of an employee or of a run', async () => {
      const setBy = '0190aaaa-0000-7000-8000-00000000beef';
      await app.records.insert('legal_hold', { customer_id: customer.id, set_by: setBy });
      const { text } = await admin.get(pathOf(customer.id)).expect(200);
      expect([...new Set(text.match(UUID))]).toEqual([customer.id]);
    });

    it('only the kind of a relationship', async () => {
      const { columns, rows } = tableOf(await dataOf(customer.id), 'relationship');
      expect(rows.map(Object.keys)).toEqual([['kind'], ['kind']]);
      expect(columns.filter(({ withheld }) => withheld !== null).map(({ column }) => column)).toEqual([
        'id',
        'customer_id',
        'related_customer_id',
      ]);
    });

    it('no key', async () => {
      const id = await app.records.customer();
      await archiveDocument(app, id);
      const data = await dataOf(id);
      expect(tableOf(data, 'archive_key').rows).toEqual([
        { id: expect.any(String), customerId: id, retentionClass: 'NONE', inherited: false },
      ]);
    });
  });

  describe('as a ZIP', () => {
    it('contains the documents in the clear', async () => {
      const id = await app.records.customer();
      const scan = randomBytes(700_000);
      const letter = await archiveDocument(app, id, { content: 'Sehr geehrte Frau', fileName: '../../Brief "Ä".txt' });
      const picture = await archiveDocument(app, id, {
        content: scan,
        retentionClass: 'VOUCHER',
        fileName: 'scan.bin',
      });
      await app.records.insert('archive_document', { customer_id: id, file_name: 'nur ein Eintrag' });
      const entries = await zipOf(id);
      const files = [`documents/${letter.id}-.._.._Brief _Ä_.txt`, `documents/${picture.id}-scan.bin`];
      expect([...entries.keys()]).toEqual(['data.json', ...files]);
      expect(entries.get(files[0]!)!.toString()).toBe('Sehr geehrte Frau');
      expect(entries.get(files[1]!)!.equals(scan)).toBe(true);
      expect(archivedIn(JSON.parse(entries.get('data.json')!.toString()) as PersonalDataResponse)).toEqual([
        { type: 'LETTER', content: 'READABLE', file: files[0] },
        { type: 'LETTER', content: 'READABLE', file: files[1] },
        { type: 'LETTER', content: 'NONE', file: null },
      ]);
      const { body } = await admin.get(pathOf(id, '?format=zip')).buffer(true).parse(bytesOf).expect(200);
      expect([...zipEntries(body as Buffer).keys()]).toEqual([...entries.keys()]);
      await admin.get(pathOf(id, '?format=pdf')).expect(400);
      const json = await admin.get(pathOf(id, '?format=json')).set('Accept', 'application/zip').expect(200);
      expect(json.headers['content-type']).toMatch(/^application\/json/);
    });

    it('is complete, however large', async () => {
      const id = await app.records.customer();
      const contents = [randomBytes(6_000_000), randomBytes(6_000_000)];
      for (const content of contents) await archiveDocument(app, id, { content });
      const hashes = [...(await zipOf(id)).values()].slice(1).map(hashOf);
      expect(hashes).toEqual(contents.map(hashOf));
    });

    it('is cut off instead of shortened if a document cannot be read', async () => {
      const id = await app.records.customer();
      const { contentId } = await archiveDocument(app, id, { content: Buffer.alloc(200_000, 'a') });
      await contentStoreOf(app).remove(contentId);
      const broken = admin.get(pathOf(id, '?format=zip')).buffer(true).parse(bytesOf);
      await expect(broken).rejects.toThrow('aborted');
    });

    it('closes what it has opened when the reader disconnects', async () => {
      const id = await app.records.customer();
      await archiveDocument(app, id, { content: randomBytes(20_000_000) });
      const opened = jest.spyOn(contentStoreOf(app), 'open');
      const login = await app.anonymous().post('/api/v1/auth/login').send({ username: 'admin', password: PASSWORD });
      const { port } = app.nest.getHttpServer().address() as AddressInfo;
      const reader = httpGet({
        port,
        path: pathOf(id, '?format=zip'),
        headers: { Authorization: `Bearer ${login.body.accessToken}` },
      });
      reader.on('error', () => undefined);
      await until('a document is opened', () => opened.mock.results.length === 1);
      const stream = (await opened.mock.results[0]!.value) as Readable;
      reader.destroy();
      await until('it is closed', () => stream.closed);
      opened.mockRestore();
    });
  });

  describe('of an anonymized customer', () => {
    it('is the stub and the kept data, without sealed data', async () => {
      const full = await fullCustomer(app.sql, 'Vergessen');
      await archiveDocument(app, full.id, { retentionClass: 'NONE', content: 'Werbung' });
      await archiveDocument(app, full.id, { retentionClass: 'VOUCHER', content: 'Beleg', createdOn: '2024-05-01' });
      await admin
        .post(`/api/v1/customers/${full.id}/anonymization`)
        .send({ confirmation: full.customerNumber, reason: 'ERASURE_REQUEST' })
        .expect(200);
      const entries = await zipOf(full.id);
      expect([...entries.keys()]).toEqual(['data.json']);
      const text = entries.get('data.json')!.toString();
      const data = JSON.parse(text) as PersonalDataResponse;
      expect(full.tokens.filter((token) => text.includes(token))).toEqual([]);
      expect(full.keptTexts.filter((value) => !text.includes(value))).toEqual([]);
      expect(data).toMatchObject({ customerNumber: full.customerNumber, anonymizedAt: expect.any(String) });
      expect(tableOf(data, 'customer').rows[0]!.lastName).toMatch(/^Anonymisiert am /);
      expect(tableOf(data, 'invoice').rows.length).toBeGreaterThan(0);
      expect(tableOf(data, 'address').rows).toEqual([]);
      const sealedCopies = (await sealedCopiesOf(app, full.id)).length;
      expect(sealedCopies).toBeGreaterThan(2);
      expect(archivedIn(data)).toEqual([
        { type: 'Protokoll für [anonymisiert]', content: 'NONE', file: null },
        { type: 'LETTER', content: 'SEALED', file: null },
        ...Array.from({ length: sealedCopies }, () => ({ type: 'SEALED_COPY', content: 'SEALED', file: null })),
      ]);
      expect(text.match(UUID)!.every((id) => id === full.id)).toBe(true);
    });
  });

  it('is for administrators, and each export is audited with counts only', async () => {
    const id = await app.records.customer({ first_name: 'Audita' });
    await app.records.insert('address', { customer_id: id });
    await archiveDocument(app, id);
    for (const login of ['employee', 'compliance'] as const)
      expect((await (await app.as(login)).get(pathOf(id)).expect(403)).body.code).toBe('FORBIDDEN');
    expect(await exportsOf(id)).toEqual([]);
    await dataOf(id);
    await zipOf(id);
    const rows = { customer: 1, address: 1, archive_document: 1, archive_key: 1 };
    const entry = (format: string) => ({
      role: 'ADMINISTRATOR',
      outcome: 'SUCCEEDED',
      details: { format, documents: 1, rows },
    });
    expect(await exportsOf(id)).toEqual([entry('json'), entry('zip')]);
    const nobody = '01900000-0000-7000-8000-000000000000';
    expect((await admin.get(pathOf(nobody)).expect(404)).body.code).toBe('CUSTOMER_NOT_FOUND');
    expect(await exportsOf(nobody)).toEqual([]);
  });
});

const hashOf = (content: Buffer) => createHash('sha256').update(content).digest('hex');

function bytesOf(response: Response, done: (error: Error | null, body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  response.on('end', () => done(null, Buffer.concat(chunks)));
}
