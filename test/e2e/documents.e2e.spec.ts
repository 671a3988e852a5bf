import { hkdfSync, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { armor, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import type { Response } from 'supertest';
import type TestAgent from 'supertest/lib/agent';
import { ArchiveUnsealing, SealedDocuments } from '../../src/modules/archive';
import { encrypt } from '../../src/modules/archive/crypto/content-cipher';
import { AuditLog } from '../../src/modules/audit';
import { TransactionRunner } from '../../src/platform/database/transaction-runner';
import { archiveDocument, contentStoreOf } from '../support/documents';
import { finishedRun } from '../support/runs';
import { TestApp } from '../support/test-app';
import { until } from '../support/until';

describe('documents', () => {
  let app: TestApp;
  let employee: TestAgent;

  beforeAll(async () => {
    app = await TestApp.start();
    employee = await app.as('employee');
  });
  afterAll(() => app.stop());

  const documentsOf = (customerId: string, query = '') => `/api/v1/customers/${customerId}/documents${query}`;
  const contentOf = (id: string) => `/api/v1/documents/${id}/content`;
  const download = (id: string, agent = employee) => agent.get(contentOf(id)).buffer(true).parse(bytes);
  const anonymize = async (id: string, confirmation: string) =>
    (await app.as('admin'))
      .post(`/api/v1/customers/${id}/anonymization`)
      .send({ confirmation, reason: 'ERASURE_REQUEST' })
      .expect(200);
  const auditOf = async (customerId: string, action: string) =>
    (
      await app.sql.query(
        `SELECT actor_role AS role, outcome, canonical::jsonb -> 'details' AS details FROM audit.entry
         WHERE customer_id = $1 AND action = $2 ORDER BY id`,
        [customerId, action],
      )
    ).rows;
  const isStored = (contentId: string) =>
    contentStoreOf(app)
      .open(contentId)
      .then(
        (stream) => Boolean(stream.destroy()),
        () => false,
      );

  describe('of a customer', () => {
    it('are listed, newest first', async () => {
      const customerId = await app.records.customer();
      const letter = await archiveDocument(app, customerId, { title: 'Brief an Erika', fileName: 'erika.txt' });
      const voucher = await archiveDocument(app, customerId, {
        retentionClass: 'VOUCHER',
        mediaType: 'application/pdf',
      });
      const { body } = await employee.get(documentsOf(customerId)).expect(200);
      expect(body).toEqual({
        items: [
          expect.objectContaining({ id: voucher.id, retentionClass: 'VOUCHER', retentionUntil: '2032-12-31' }),
          {
            id: letter.id,
            type: 'LETTER',
            title: 'Brief an Erika',
            fileName: 'erika.txt',
            retentionClass: 'NONE',
            createdOn: '2024-03-01',
            retentionUntil: null,
            mediaType: 'text/plain',
            size: 8,
          },
        ],
        nextCursor: null,
      });
      const { body: first } = await employee.get(documentsOf(customerId, '?limit=1')).expect(200);
      const { body: second } = await employee
        .get(documentsOf(customerId, `?limit=1&cursor=${first.nextCursor}`))
        .expect(200);
      expect([first.items[0].id, second.items[0].id]).toEqual([voucher.id, letter.id]);
    });

    it('are downloaded as attachments, whatever their size', async () => {
      const customerId = await app.records.customer();
      for (const size of [0, 1, 65_536, 300_000]) {
        const content = Buffer.alloc(size, 'Hörgerät');
        const { id } = await archiveDocument(app, customerId, {
          content,
          fileName: 'Brief Müller "1".pdf',
          mediaType: 'application/pdf',
        });
        const { body, headers } = await download(id).expect(200);
        expect(Buffer.compare(body as Buffer, content)).toBe(0);
        expect(headers).toMatchObject({
          'content-type': 'application/pdf',
          'x-content-type-options': 'nosniff',
          'cache-control': 'no-store',
        });
        expect(headers['content-disposition']).toMatch(
          /^attachment; filename="[^"]+.*filename\*=UTF-8''Brief%20M%C3%BCller/,
        );
      }
    });

    it('are not found if the document or its content does not exist', async () => {
      const entry = await app.records.insert('archive_document', { customer_id: await app.records.customer() });
      for (const id of [entry, '999999', 'nonsense'])
        expect((await employee.get(contentOf(id)).expect(404)).body.code).toBe('DOCUMENT_NOT_FOUND');
      const nobody = documentsOf('01900000-0000-7000-8000-000000000000');
      expect((await employee.get(nobody).expect(404)).body.code).toBe('CUSTOMER_NOT_FOUND');
    });

    it('are forbidden for compliance', async () => {
      const customerId = await app.records.customer();
      const { id } = await archiveDocument(app, customerId);
      const compliance = await app.as('compliance');
      for (const path of [documentsOf(customerId), contentOf(id)])
        expect((await compliance.get(path).expect(403)).body.code).toBe('FORBIDDEN');
    });

    it('are cut off instead of shortened if they were tampered with', async () => {
      const customerId = await app.records.customer();
      const { id, contentId } = await archiveDocument(app, customerId, { content: Buffer.alloc(200_000, 'a') });
      const folder = join(app.config.archiveFolder, contentId.slice(-2), contentId.slice(-4, -2));
      const bytesBefore = readFileSync(join(folder, contentId));
      const flipped = Buffer.from(bytesBefore);
      flipped[flipped.length - 1]! ^= 1;
      await contentStoreOf(app).put(contentId, Readable.from([flipped], { objectMode: false }));
      await expect(download(id)).rejects.toThrow('aborted');
      flipped[20]! ^= 1;
      await contentStoreOf(app).put(contentId, Readable.from([flipped], { objectMode: false }));
      expect((await employee.get(contentOf(id)).expect(500)).body.code).toBe('INTERNAL_ERROR');
    });
  });

  describe('of an anonymized customer', () => {
    let customerId: string;
    let letter: { id: string; contentId: string };
    let voucher: { id: string; contentId: string };

    beforeAll(async () => {
      customerId = await app.records.customer({ customer_number: 'D-1' });
      letter = await archiveDocument(app, customerId);
      voucher = await archiveDocument(app, customerId, {
        retentionClass: 'VOUCHER',
        content: 'Beleg',
        createdOn: '2024-01-02',
      });
      await app.records.paidInvoice(customerId, { issued_on: '2024-01-02', recipient_name: 'Erika Beispiel' });
      await anonymize(customerId, 'D-1');
    });

    it('are refused to every role, in lists and individually, and each refusal is audited', async () => {
      const admin = await app.as('admin');
      for (const agent of [employee, admin])
        for (const path of [documentsOf(customerId), contentOf(voucher.id)])
          expect((await agent.get(path).expect(403)).body.code).toBe('ARCHIVE_SEALED');
      const refusals = (role: string) => [
        { role, outcome: 'REFUSED', details: { access: 'LIST' } },
        { role, outcome: 'REFUSED', details: { access: 'CONTENT', documentId: voucher.id } },
      ];
      expect(await auditOf(customerId, 'ARCHIVE_ACCESS_REFUSED')).toEqual([
        ...refusals('EMPLOYEE'),
        ...refusals('ADMINISTRATOR'),
      ]);
      expect((await (await app.as('compliance')).get(contentOf(voucher.id)).expect(403)).body.code).toBe('FORBIDDEN');
    });

    it('are deleted with their bytes after the retention period', async () => {
      expect((await employee.get(contentOf(letter.id)).expect(404)).body.code).toBe('DOCUMENT_NOT_FOUND');
      await until('the letter is removed', async () => !(await isStored(letter.contentId)));
      await until('the outbox is empty', async () => (await app.sql.query('SELECT FROM outbox')).rowCount === 0);
      expect(await isStored(voucher.contentId)).toBe(true);
    });

    describe('with the offline identity', () => {
      const out = mkdtempSync(join(tmpdir(), 'lethe-unsealed-'));
      afterAll(() => rmSync(out, { recursive: true, force: true }));
      const unseal = (identity: string, number: string | null = null) => {
        const transaction = app.nest.get(TransactionRunner, { strict: false });
        const audit = app.nest.get(AuditLog, { strict: false });
        const unsealing = new ArchiveUnsealing(
          new SealedDocuments(transaction),
          contentStoreOf(app),
          transaction,
          audit,
        );
        return unsealing.unseal(identity, join(out, 'deep'), number);
      };

      it('cannot be decrypted with another one', async () => {
        await expect(unseal(await generateX25519Identity())).rejects.toThrow('FISCAL_SEAL_NOT_OPENED');
        await expect(unseal('nonsense')).rejects.toThrow('FISCAL_SEAL_IDENTITY_INVALID');
        expect(readdirSync(out)).toEqual([]);
        expect(await auditOf(customerId, 'ARCHIVE_UNSEALED')).toEqual([]);
      });

      it('can be decrypted after a change of the seal, with both identities', async () => {
        const own = readFileSync(join(app.config.keysFolder, 'fiscal-seal.identity'), 'utf8');
        const former = await generateX25519Identity();
        const envelope = new Encrypter();
        envelope.addRecipient(await identityToRecipient(former));
        const key = randomBytes(32);
        // copies of version 1: one envelope for all, contents encrypted as in the store
        const contentId = '01900000-0000-7000-8000-00000000c0de';
        const contentKey = Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), 'lethe fiscal seal contents v1', 32));
        const copy = JSON.stringify({ format: 'lethe fiscal copy v1', customerNumber: 'D-2', documents: [] });
        const other = await app.records.customer({ customer_number: 'D-2' });
        await app.sql.query(
          `WITH envelope AS (
             INSERT INTO fiscal_envelope (id, recipient, sealed_key) VALUES (uuid_v7(), 'age1', $4) RETURNING id)
           INSERT INTO archive_document
             (customer_id, type, retention_class, created_on, retention_until, media_type, content_id, sealed_content, envelope_id)
           SELECT $1, 'FISCAL_COPY', 'VOUCHER', '2025-01-01', '2032-12-31', 'application/json', $2, $3, id FROM envelope`,
          [
            other,
            contentId,
            encrypt(contentKey, contentId, Buffer.from(copy)),
            armor.encode(await envelope.encrypt(key)),
          ],
        );
        await app.records.paidInvoice(other, { issued_on: '2024-01-02' });
        await anonymize(other, 'D-2');
        await expect(unseal(own, 'D-2')).rejects.toThrow('FISCAL_SEAL_NOT_OPENED');
        expect(await unseal(`${former}\n${own}`, 'D-2')).toEqual({ customers: 1, documents: 2 });
        const files = readdirSync(join(out, 'deep', 'D-2')).sort((a, b) => parseInt(a) - parseInt(b));
        expect(files).toEqual([
          expect.stringMatching(/^\d+-FISCAL_COPY\.json$/),
          expect.stringMatching(/^\d+-VOUCHER-2024\.json$/),
        ]);
        expect(readFileSync(join(out, 'deep', 'D-2', files[0]!), 'utf8')).toBe(copy);
        rmSync(join(out, 'deep'), { recursive: true });
      });

      it('can be decrypted, which is audited', async () => {
        const identity = readFileSync(join(app.config.keysFolder, 'fiscal-seal.identity'), 'utf8');
        await expect(unseal(identity, 'D-0')).rejects.toThrow('CUSTOMER_NOT_FOUND');
        expect(await unseal(identity, 'D-1')).toEqual({ customers: 1, documents: 2 });
        const folder = join(out, 'deep', 'D-1');
        const [statutory, copy] = readdirSync(folder).sort((a, b) => parseInt(a) - parseInt(b));
        expect([statutory, copy]).toEqual([
          `${voucher.id}-LETTER.bin`,
          expect.stringMatching(/^\d+-VOUCHER-2024\.json$/),
        ]);
        expect(readFileSync(join(folder, statutory!), 'utf8')).toBe('Beleg');
        expect(readFileSync(join(folder, copy!), 'utf8')).toContain('Erika Beispiel');
        expect([folder, join(folder, copy!)].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o600]);
        expect(await auditOf(customerId, 'ARCHIVE_UNSEALED')).toEqual([
          { role: null, outcome: 'SUCCEEDED', details: { count: 2 } },
        ]);
      });

      it('stay within the folder, whatever a number contains, and leave no file of a damaged content', async () => {
        const identity = readFileSync(join(app.config.keysFolder, 'fiscal-seal.identity'), 'utf8');
        const other = await app.records.customer({ customer_number: '../D 3' });
        const { contentId } = await archiveDocument(app, other, { retentionClass: 'VOUCHER', createdOn: '2024-01-02' });
        await anonymize(other, '../D 3');
        const folder = join(out, 'deep', '_._D_3');
        expect(await unseal(identity, '../D 3')).toEqual({ customers: 1, documents: 1 });
        expect(readdirSync(folder)).toHaveLength(1);
        rmSync(folder, { recursive: true });
        const content = await buffer(await contentStoreOf(app).open(contentId));
        content[20]! ^= 1;
        await contentStoreOf(app).put(contentId, Readable.from([content], { objectMode: false }));
        await expect(unseal(identity, '../D 3')).rejects.toThrow('DOCUMENT_CONTENT_DAMAGED');
        expect(readdirSync(folder)).toEqual([]);
        content[20]! ^= 1;
        await contentStoreOf(app).put(contentId, Readable.from([content], { objectMode: false }));
      });

      it('are searched for with every customer, however many there are', async () => {
        const customerIds: string[] = [];
        while (customerIds.length < 201) customerIds.push(await app.records.customer());
        const admin = await app.as('admin');
        const { id } = (await admin.post('/api/v1/anonymization-runs').send({ customerIds }).expect(202)).body;
        await finishedRun(admin, id, 'PREVIEWED');
        await admin
          .post(`/api/v1/anonymization-runs/${id}/start`)
          .send({ confirmation: customerIds.length, reason: 'RETENTION_EXPIRED' })
          .expect(202);
        await finishedRun(admin, id, 'COMPLETED');
        const found: string[] = [];
        const documents = new SealedDocuments(app.nest.get(TransactionRunner, { strict: false }));
        for await (const customer of documents.customers(null)) found.push(customer.id);
        expect(found).toEqual(expect.arrayContaining(customerIds));
        expect(new Set(found).size).toBe(found.length);
      });
    });
  });

  it('are read before an anonymization or not at all', async () => {
    for (let n = 0; n < 8; n++) {
      const customerId = await app.records.customer({ customer_number: `RACE-${n}` });
      const { id } = await archiveDocument(app, customerId, { retentionClass: 'VOUCHER', content: 'Beleg' });
      const reads = Array.from({ length: 4 }, () => download(id));
      const [, ...answers] = await Promise.all([anonymize(customerId, `RACE-${n}`), ...reads]);
      for (const { status, body } of answers)
        expect([status, status === 200 ? String(body) : '']).toEqual([status, status === 200 ? 'Beleg' : '']);
      expect(answers.every(({ status }) => status === 200 || status === 403)).toBe(true);
      const refused = answers.filter(({ status }) => status === 403).length;
      expect(await auditOf(customerId, 'ARCHIVE_ACCESS_REFUSED')).toHaveLength(refused);
    }
  });

  it('that cannot be deleted are retried later', async () => {
    const store = contentStoreOf(app);
    const removal = jest.spyOn(store, 'remove').mockRejectedValueOnce(new Error('the store is away'));
    const { contentId } = await archiveDocument(app, await app.records.customer());
    await app.sql.query(
      `INSERT INTO outbox (topic, payload) VALUES ('archive.remove-content', jsonb_build_object('contentId', $1::text))`,
      [contentId],
    );
    const row = async () => (await app.sql.query('SELECT attempts, due_at > now() AS waits FROM outbox')).rows[0];
    await until('it was tried', async () => (await row())?.attempts === 1);
    expect(await row()).toEqual({ attempts: 1, waits: true });
    const foreign = `topic = 'something.else'`;
    await app.sql.query(`INSERT INTO outbox (topic, payload) SELECT 'something.else', payload FROM outbox`);
    await app.sql.query('UPDATE outbox SET due_at = now()');
    const isLeft = async () => (await app.sql.query(`SELECT FROM outbox WHERE NOT ${foreign}`)).rowCount! > 0;
    await until('it is removed', async () => !(await isLeft()));
    expect([await isStored(contentId), removal.mock.calls.length]).toEqual([false, 2]);
    expect((await app.sql.query(`DELETE FROM outbox WHERE ${foreign}`)).rowCount).toBe(1);
    removal.mockRestore();
  });
});

function bytes(response: Response, done: (error: Error | null, body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  response.on('end', () => done(null, Buffer.concat(chunks)));
}
