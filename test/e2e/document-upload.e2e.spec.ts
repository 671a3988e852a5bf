import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { type ClientRequest, type IncomingMessage, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { once } from 'node:events';
import type { Response } from 'supertest';
import type TestAgent from 'supertest/lib/agent';
import { MediaTypeSniffer } from '../../src/modules/archive/uploads/media-type-sniffer';
import { PASSWORD, TestApp } from '../support/test-app';
import { until } from '../support/until';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const MEGABYTE = 2 ** 20;
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex');
const PDF = Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\n', 'latin1');

describe('uploads of documents', () => {
  let app: TestApp;
  let employee: TestAgent;
  let token: string;

  beforeAll(async () => {
    app = await TestApp.start({ LETHE_UPLOAD_MEGABYTES: '64' });
    employee = await app.as('employee');
    const { body } = await app
      .anonymous()
      .post('/api/v1/auth/login')
      .send({ username: 'employee', password: PASSWORD });
    token = body.accessToken;
  });
  afterAll(() => app.stop());

  const documentsOf = (customerId: string) => `/api/v1/customers/${customerId}/documents`;
  const download = async (id: string) =>
    (await employee.get(`/api/v1/documents/${id}/content`).buffer(true).parse(bytesOf).expect(200)).body as Buffer;
  const rowsOf = async (customerId: string) =>
    (await app.sql.query('SELECT content_id FROM archive_document WHERE customer_id = $1', [customerId])).rows;
  const stored = () => filesBelow(app.config.archiveFolder);
  const anonymize = async (id: string, confirmation: string) =>
    (await app.as('admin'))
      .post(`/api/v1/customers/${id}/anonymization`)
      .send({ confirmation, reason: 'ERASURE_REQUEST' })
      .expect(200);

  it('are streamed, without filling the memory', async () => {
    const customerId = await app.records.customer();
    const upload = async (size: number) => {
      const raw = new RawUpload(app, token, documentsOf(customerId), null);
      await raw.send(size);
      collectGarbage(); // uncollected buffers depend on the load of the machine
      const held = process.memoryUsage().arrayBuffers; // when all but the end has been sent
      const answer = await raw.end();
      expect(answer.status).toBe(201);
      return { held, hash: raw.hash, id: JSON.parse(answer.body).id as string };
    };
    const size = 62 * MEGABYTE;
    await upload(16 * MEGABYTE); // lets buffers that are allocated once exist
    collectGarbage();
    const before = process.memoryUsage().arrayBuffers;
    const { held, hash, id } = await upload(size);
    expect(held - before).toBeLessThan(size / 4);
    const content = await download(id);
    expect([content.length, createHash('sha256').update(content).digest('hex')]).toEqual([size, hash]);
  });

  it('are archived, listed and returned', async () => {
    const customerId = await app.records.customer();
    const { body } = await employee
      .post(documentsOf(customerId))
      .field('type', 'AUDIOGRAM')
      .field('title', 'Hörtest Müller')
      .field('retentionClass', 'MEDICAL_DEVICE')
      .field('createdOn', '2024-03-01')
      .attach('file', PDF, 'Hörtest Müller.pdf')
      .expect(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^\d+$/),
      type: 'AUDIOGRAM',
      title: 'Hörtest Müller',
      fileName: 'Hörtest Müller.pdf',
      retentionClass: 'MEDICAL_DEVICE',
      createdOn: '2024-03-01',
      retentionUntil: '2034-12-31',
      mediaType: 'application/pdf',
      size: PDF.length,
    });
    expect((await employee.get(documentsOf(customerId)).expect(200)).body.items).toEqual([body]);
    expect(await download(body.id)).toEqual(PDF);
  });

  it('may have the file before the fields, and a name of their own', async () => {
    const customerId = await app.records.customer();
    const before = stored().length;
    const content = randomBytes(300_000);
    const { body } = await employee
      .post(documentsOf(customerId))
      .attach('file', content, 'scan.bin')
      .field('fileName', 'Vertrag.bin')
      .field('title', '')
      .field('retentionClass', 'VOUCHER')
      .field('type', 'CONTRACT')
      .expect(201);
    expect(body).toMatchObject({
      fileName: 'Vertrag.bin',
      title: null,
      createdOn: app.clock.today(),
      mediaType: 'application/octet-stream',
      size: 300_000,
    });
    expect((await download(body.id)).equals(content)).toBe(true);
    expect(stored()).toHaveLength(before + 1); // the temporary file has been removed
  });

  it('can be an entry without a file, as JSON', async () => {
    const customerId = await app.records.customer();
    const { body } = await employee
      .post(documentsOf(customerId))
      .send({ type: 'LETTER', retentionClass: 'NONE', createdOn: '2020-02-29', fileName: 'brief.pdf' })
      .expect(201);
    expect(body).toMatchObject({ mediaType: null, size: null, retentionUntil: null, fileName: 'brief.pdf' });
    await employee.get(`/api/v1/documents/${body.id}/content`).expect(404);
  });

  describe('have the type of their bytes, whatever the sender claims:', () => {
    it.each([
      ['a picture as a page', PNG, 'text/html', 'image/png'],
      ['a page as a picture', Buffer.from('<html><script>alert(1)</script>'), 'image/png', 'text/plain'],
      ['text with umlauts', Buffer.from('Hörgerät '.repeat(1_000)), 'application/pdf', 'text/plain'],
      ['text in Latin-1', Buffer.from('Hörgerät', 'latin1'), 'text/plain', 'application/octet-stream'],
      ['text with NUL', Buffer.from('a\0b'), 'text/plain', 'application/octet-stream'],
      ['nothing', Buffer.alloc(0), 'application/pdf', 'application/octet-stream'],
    ])('%s', async (_, content, claimed, found) => {
      const customerId = await app.records.customer();
      const { body } = await employee
        .post(documentsOf(customerId))
        .field('type', 'LETTER')
        .field('retentionClass', 'NONE')
        .attach('file', content, { filename: 'brief.exe', contentType: claimed })
        .expect(201);
      expect(body).toMatchObject({ mediaType: found, size: content.length });
      const { headers } = await employee.get(`/api/v1/documents/${body.id}/content`).expect(200);
      expect([headers['content-type']?.split(';')[0], headers['content-disposition']?.split(';')[0]]).toEqual([
        found,
        'attachment',
      ]);
    });

    it('a character cut in two by the sample', async () => {
      const sniffer = new MediaTypeSniffer();
      sniffer.resume();
      sniffer.end(Buffer.from(`${'a'.repeat(4_099)}ö`));
      await once(sniffer, 'end');
      expect(await sniffer.mediaType()).toBe('text/plain');
    });
  });

  describe('are refused:', () => {
    it.each<[string, Record<string, string>, string, string]>([
      ['a sealed copy', { type: 'SEALED_COPY', retentionClass: 'VOUCHER' }, 'type', 'NOT_ALLOWED'],
      ['a fiscal copy', { type: 'FISCAL_COPY', retentionClass: 'VOUCHER' }, 'type', 'NOT_ALLOWED'],
      ['no type', { retentionClass: 'NONE' }, 'type', 'MATCHES'],
      ['no class', { type: 'LETTER' }, 'retentionClass', 'IS_IN'],
      ['an unknown class', { type: 'LETTER', retentionClass: 'FOREVER' }, 'retentionClass', 'IS_IN'],
      ['no day', { type: 'LETTER', retentionClass: 'NONE', createdOn: '2024-02-30' }, 'createdOn', 'IS_CALENDAR_DATE'],
      ['an unknown field', { type: 'LETTER', retentionClass: 'NONE', size: '1' }, 'size', 'UNKNOWN_FIELD'],
      ['a long title', { type: 'LETTER', retentionClass: 'NONE', title: 'x'.repeat(201) }, 'title', 'MAX_LENGTH'],
      ['a name with a line break', { type: 'LETTER', retentionClass: 'NONE', fileName: 'a\nb' }, 'fileName', 'MATCHES'],
    ])('%s, and nothing is left', async (_, fields, field, code) => {
      const customerId = await app.records.customer();
      const before = stored();
      const form = employee.post(documentsOf(customerId));
      for (const [name, value] of Object.entries(fields)) void form.field(name, value);
      const { body } = await form.attach('file', randomBytes(100_000), 'brief.txt').expect(400);
      expect(body).toMatchObject({ code: 'VALIDATION_FAILED' });
      expect(body.errors).toContainEqual({ field, code });
      expect([await rowsOf(customerId), stored()]).toEqual([[], before]);
    });

    it.each<[string, (form: ReturnType<TestAgent['post']>) => ReturnType<TestAgent['post']>, string, string]>([
      ['two files', (form) => form.attach('file', PNG, 'a').attach('file', PNG, 'b'), 'file', 'REPEATED'],
      ['a file elsewhere', (form) => form.attach('photo', PNG, 'a'), 'photo', 'UNKNOWN_FIELD'],
      ['a form without a file', (form) => form, 'file', 'IS_DEFINED'],
      ['a field twice', (form) => form.field('type', 'ORDER').attach('file', PNG, 'a'), 'type', 'REPEATED'],
    ])('%s', async (_, fill, field, code) => {
      const customerId = await app.records.customer();
      const before = stored();
      const form = employee.post(documentsOf(customerId)).field('type', 'LETTER').field('retentionClass', 'NONE');
      const { body } = await fill(form).expect(400);
      expect(body).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ field, code }] });
      expect([await rowsOf(customerId), stored()]).toEqual([[], before]);
    });

    it('anything but a form, here and elsewhere', async () => {
      const customerId = await app.records.customer();
      const post = (path: string, type: string, body: string) =>
        employee.post(path).set('Content-Type', type).send(body);
      for (const [type, body, status] of [
        ['multipart/form-data', 'x', 400],
        ['multipart/form-data; boundary=x', 'x', 400],
        ['multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="type"\r\n\r\nLETT', 400],
        ['application/x-www-form-urlencoded', 'type=LETTER', 415],
        ['text/plain', 'LETTER', 415],
      ] as const)
        expect([type, body, (await post(documentsOf(customerId), type, body)).status]).toEqual([type, body, status]);
      expect((await employee.post(documentsOf(customerId)).expect(400)).body.code).toBe('VALIDATION_FAILED');
      const elsewhere = await employee.post('/api/v1/customers/search').field('search', 'x').expect(415);
      expect(elsewhere.body.code).toBe('UNSUPPORTED_MEDIA_TYPE');
    });

    it('without a login, for compliance and for anonymized customers', async () => {
      const upload = (agent: TestAgent, customerId: string) =>
        agent
          .post(documentsOf(customerId))
          .field('type', 'LETTER')
          .field('retentionClass', 'NONE')
          .attach('file', randomBytes(MEGABYTE), 'brief.txt');
      const before = stored();
      const nobody = await upload(employee, randomUUID()).expect(404);
      expect(nobody.body.code).toBe('CUSTOMER_NOT_FOUND');
      const customerId = await app.records.customer({ customer_number: 'UP-1' });
      expect((await upload(await app.as('compliance'), customerId).expect(403)).body.code).toBe('FORBIDDEN');
      expect((await upload(app.anonymous(), customerId).expect(401)).body.code).toBe('AUTHENTICATION_REQUIRED');
      await anonymize(customerId, 'UP-1');
      expect((await upload(employee, customerId).expect(409)).body.code).toBe('CUSTOMER_ANONYMIZED');
      const entry = { type: 'LETTER', retentionClass: 'NONE' };
      expect((await employee.post(documentsOf(customerId)).send(entry).expect(409)).body.code).toBe(
        'CUSTOMER_ANONYMIZED',
      );
      expect(stored()).toEqual(before);
    });

    it.each([
      ['by its own length', true],
      ['without a declared length', false],
    ])('files that are too large, %s', async (_, announced) => {
      const customerId = await app.records.customer();
      const before = stored();
      const upload = new RawUpload(app, token, documentsOf(customerId), announced ? 65 * MEGABYTE : null);
      await upload.send(65 * MEGABYTE);
      const { status, body } = await upload.end();
      expect([status, JSON.parse(body).code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
      expect([await rowsOf(customerId), stored()]).toEqual([[], before]);
    });
  });

  it('accept the largest file allowed, to the byte', async () => {
    const customerId = await app.records.customer();
    const upload = new RawUpload(app, token, documentsOf(customerId), null);
    await upload.send(64 * MEGABYTE);
    const { status, body } = await upload.end();
    expect([status, JSON.parse(body).size]).toEqual([201, 64 * MEGABYTE]);
  });

  describe('interrupted', () => {
    it('leave neither row nor file', async () => {
      const customerId = await app.records.customer();
      const before = stored();
      for (const fieldsFirst of [true, false]) {
        const upload = new RawUpload(app, token, documentsOf(customerId), null, fieldsFirst);
        await upload.send(3 * MEGABYTE);
        await until('it is being written', () => stored().length > before.length);
        upload.breakOff();
        await until('nothing is left of it', () => stored().length === before.length);
      }
      expect([await rowsOf(customerId), stored()]).toEqual([[], before]);
    });

    it('hold no lock on the customer while in progress', async () => {
      const customerId = await app.records.customer({ customer_number: 'UP-2' });
      const before = stored();
      const upload = new RawUpload(app, token, documentsOf(customerId), null);
      await upload.send(MEGABYTE);
      await until('it is being written', () => stored().length > before.length);
      await anonymize(customerId, 'UP-2'); // in the middle of the upload
      await upload.send(MEGABYTE);
      const { status, body } = await upload.end();
      expect([status, JSON.parse(body).code]).toEqual([409, 'CUSTOMER_ANONYMIZED']);
      expect([await rowsOf(customerId), stored()]).toEqual([[], before]);
      const keys = await app.sql.query('SELECT FROM archive_key WHERE customer_id = $1 AND wrapped_key IS NOT NULL', [
        customerId,
      ]);
      expect(keys.rowCount).toBe(0);
    });

    it('at the commit leave nothing either', async () => {
      const customerId = await app.records.customer();
      const before = stored();
      await app.sql.query(`
        CREATE FUNCTION refuse_document() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '23514'; END $$;
        CREATE CONSTRAINT TRIGGER refuse_document AFTER INSERT ON archive_document DEFERRABLE INITIALLY DEFERRED
          FOR EACH ROW EXECUTE FUNCTION refuse_document();`);
      const { body } = await employee
        .post(documentsOf(customerId))
        .field('type', 'LETTER')
        .field('retentionClass', 'NONE')
        .attach('file', PNG, 'a')
        .expect(500);
      await app.sql.query('DROP TRIGGER refuse_document ON archive_document; DROP FUNCTION refuse_document');
      expect(body.code).toBe('INTERNAL_ERROR');
      expect([await rowsOf(customerId), stored()]).toEqual([[], before]);
    });
  });

  it('are never stored in the clear, and are gone for good once the customer is anonymized', async () => {
    const customerId = await app.records.customer({ customer_number: 'UP-3' });
    const before = stored();
    const secret = `Geheimnis${randomUUID()}`;
    const add = async (retentionClass: string) =>
      employee
        .post(documentsOf(customerId))
        .field('type', 'LETTER')
        .field('retentionClass', retentionClass)
        .attach('file', Buffer.from(secret.repeat(5_000)), `${secret}.txt`)
        .expect(201);
    for (const retentionClass of ['NONE', 'NONE', 'VOUCHER', 'BUSINESS_LETTER']) await add(retentionClass);
    expect(stored()).toHaveLength(before.length + 4);
    expect(filesWith(app.config.dataFolder, secret)).toEqual([]);
    const kept = await app.sql.query<{ content_id: string }>(
      `SELECT content_id FROM archive_document WHERE customer_id = $1 AND retention_class <> 'NONE'`,
      [customerId],
    );

    await anonymize(customerId, 'UP-3');
    await until('the outbox is empty', async () => (await app.sql.query('SELECT FROM outbox')).rowCount === 0);
    const left = stored().filter((path) => !before.includes(path));
    expect(left.map((path) => path.split('/').at(-1)).sort()).toEqual(
      kept.rows.map(({ content_id }) => content_id).sort(),
    );
    expect(filesWith(app.config.dataFolder, secret)).toEqual([]);
    const readable = await app.sql.query('SELECT FROM archive_key WHERE customer_id = $1 AND wrapped_key IS NOT NULL', [
      customerId,
    ]);
    expect(readable.rowCount).toBe(0);
    expect(
      readdirSync(app.config.keysFolder).filter((name) => !/^(archive|access|audit-log|fiscal)[-.]/.test(name)),
    ).toEqual([]);
  });
});

/** A form whose file the test sends piece by piece. */
class RawUpload {
  private readonly boundary = `form${randomUUID()}`;
  private readonly digest = createHash('sha256');
  private readonly request: ClientRequest;
  private readonly answer: Promise<{ status: number; body: string }>;
  private readonly closed: Promise<unknown>;

  constructor(
    app: TestApp,
    token: string,
    path: string,
    announced: number | null,
    private readonly fieldsFirst = true,
  ) {
    const { port } = app.nest.getHttpServer().address() as AddressInfo;
    this.request = httpRequest({
      host: '127.0.0.1',
      port,
      path,
      method: 'POST',
      agent: false,
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': `multipart/form-data; boundary=${this.boundary}`,
        ...(announced === null ? {} : { 'Content-Length': announced + this.head.length + this.tail.length }),
      },
    });
    this.request.on('error', () => undefined);
    this.answer = once(this.request, 'response').then(async ([response]) => {
      const message = response as IncomingMessage;
      const body: Buffer[] = [];
      for await (const chunk of message) body.push(chunk as Buffer);
      return { status: message.statusCode!, body: Buffer.concat(body).toString() };
    });
    this.answer.catch(() => undefined);
    this.closed = once(this.request, 'close');
    this.request.write(this.head);
  }

  get hash(): string {
    return this.digest.copy().digest('hex');
  }

  async send(size: number): Promise<void> {
    const piece = randomBytes(256 * 1024);
    for (let sent = 0; sent < size; sent += piece.length) {
      this.digest.update(piece);
      await Promise.race([this.closed, new Promise((resolve) => this.request.write(piece, resolve))]);
    }
  }

  end(): Promise<{ status: number; body: string }> {
    this.request.end(this.tail);
    return this.answer;
  }

  breakOff(): void {
    this.request.destroy();
  }

  private get fields(): string {
    return ['type', 'retentionClass']
      .map((name) => `--${this.boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\nNONE\r\n`)
      .join('');
  }

  private get head(): string {
    const file = `--${this.boundary}\r\nContent-Disposition: form-data; name="file"; filename="scan.bin"\r\n\r\n`;
    return this.fieldsFirst ? this.fields + file : file;
  }

  private get tail(): string {
    return `\r\n${this.fieldsFirst ? '' : this.fields}--${this.boundary}--\r\n`;
  }
}

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

const filesWith = (folder: string, text: string): string[] =>
  filesBelow(folder).filter((path) => statSync(path).size > 0 && readFileSync(path).includes(text));

function bytesOf(response: Response, done: (error: Error | null, body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  response.on('end', () => done(null, Buffer.concat(chunks)));
}
