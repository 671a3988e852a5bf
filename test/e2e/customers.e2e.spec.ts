import type TestAgent from 'supertest/lib/agent';
import { CUSTOMER_EXAMPLE } from '../support/record-examples';
import { TestApp } from '../support/test-app';

const NOBODY = '01900000-0000-7000-8000-000000000000';

describe('customers', () => {
  let app: TestApp;
  let employee: TestAgent;
  let compliance: TestAgent;

  beforeAll(async () => {
    app = await TestApp.start();
    employee = await app.as('employee');
    compliance = await app.as('compliance');
    await app.records.insert('branch', { code: 'STR-01', name: 'Stuttgart' });
  });
  afterAll(() => app.stop());
  afterEach(() => app.clock.set(null));

  const create = (fields: object) =>
    employee.post('/api/v1/customers').send({ branchCode: 'STR-01', status: 'ACTIVE', ...fields });
  const change = (id: string, tag: string, fields: object) =>
    employee.patch(`/api/v1/customers/${id}`).set('If-Match', tag).send(fields);
  const created = async (fields: object): Promise<string> => (await create(fields).expect(201)).body.id;
  const anonymized = async (fields: Record<string, unknown> = {}): Promise<string> => {
    const id = await app.records.customer(fields);
    const { customer_number } = (await app.sql.query('SELECT customer_number FROM customer WHERE id = $1', [id]))
      .rows[0];
    await (
      await app.as('admin')
    )
      .post(`/api/v1/customers/${id}/anonymization`)
      .send({ confirmation: customer_number, reason: 'ERASURE_REQUEST' })
      .expect(200);
    return id;
  };
  const auditOf = async (customerId: string) =>
    (
      await app.sql.query(
        `SELECT content ->> 'action' AS action, content -> 'details' AS details FROM audit.entry WHERE content ->> 'customerId' = $1 ORDER BY id`,
        [customerId],
      )
    ).rows;

  describe('created', () => {
    it('with every column, and read back', async () => {
      const answer = await create(CUSTOMER_EXAMPLE).expect(201);
      expect(answer.body).toEqual({
        ...CUSTOMER_EXAMPLE,
        id: expect.any(String),
        version: 1,
        createdAt: expect.stringMatching(/Z$/),
        updatedAt: answer.body.createdAt,
        anonymizedAt: null,
        mergedIntoId: null,
        legalHold: false,
        possibleDuplicates: [],
      });
      expect(answer.headers).toMatchObject({ etag: '"1"', location: `/api/v1/customers/${answer.body.id}` });
      const read = await employee.get(answer.headers.location!).expect(200);
      expect({ ...read.body, possibleDuplicates: [] }).toEqual(answer.body);
      expect(read.headers.etag).toBe('"1"');
    });

    it('once per number', async () => {
      await create({ customerNumber: 'N-2', companyName: 'Hörwelt GmbH' }).expect(201);
      const { body } = await create({ customerNumber: 'N-2', lastName: 'Zweiter' }).expect(409);
      expect(body.code).toBe('CUSTOMER_NUMBER_TAKEN');
    });

    it.each([
      [{ lastName: 'A' }, { field: 'customerNumber', code: 'MATCHES' }],
      [{ customerNumber: 'N-3' }, { field: 'lastName', code: 'REQUIRED' }],
      [
        { customerNumber: 'N-3', lastName: ' ', companyName: '' },
        { field: 'lastName', code: 'REQUIRED' },
      ],
      [
        { customerNumber: ' N-3', lastName: 'A' },
        { field: 'customerNumber', code: 'MATCHES' },
      ],
      [
        { customerNumber: 'N-3', lastName: 'A', branchCode: 'NONE' },
        { field: 'branchCode', code: 'UNKNOWN_REFERENCE' },
      ],
      [
        { customerNumber: 'N-3', lastName: 'A', status: 'GONE' },
        { field: 'status', code: 'IS_IN' },
      ],
      [
        { customerNumber: 'N-3', lastName: 'A', birthDate: '2023-02-29' },
        { field: 'birthDate', code: 'IS_CALENDAR_DATE' },
      ],
      [
        { customerNumber: 'N-3', lastName: 'A'.repeat(201) },
        { field: 'lastName', code: 'MAX_LENGTH' },
      ],
      [
        { customerNumber: 'N-3', lastName: 'A', note: 'A'.repeat(2001) },
        { field: 'note', code: 'MAX_LENGTH' },
      ],
      [
        { customerNumber: 'N-3', lastName: 'A', anonymizedAt: null },
        { field: 'anonymizedAt', code: 'UNKNOWN_FIELD' },
      ],
    ])('not from invalid input (%#)', async (fields, error) => {
      const { body } = await create(fields).expect(400);
      expect(body).toMatchObject({ code: 'VALIDATION_FAILED', errors: [error] });
    });
  });

  describe('changed', () => {
    it('only in the given fields; null clears', async () => {
      const id = await created({ customerNumber: 'C-1', firstName: 'Eva', lastName: 'Alt', note: 'weg' });
      const { body, headers } = await change(id, '"1"', { lastName: 'Neu', note: null, status: 'DECEASED' }).expect(
        200,
      );
      expect(body).toMatchObject({ firstName: 'Eva', lastName: 'Neu', note: null, status: 'DECEASED', version: 2 });
      expect(headers.etag).toBe('"2"');
      expect((await employee.get(`/api/v1/customers/${id}`)).body).toEqual(body);
    });

    it('only in the version that was read', async () => {
      const id = await created({ customerNumber: 'C-2', lastName: 'Alt' });
      await change(id, '"1"', { lastName: 'Neu' }).expect(200);
      for (const tag of ['"1"', '"3"', 'W/"2"', '2', '"two"'])
        expect((await change(id, tag, { lastName: 'Spät' }).expect(412)).body.code).toBe('VERSION_STALE');
      const patch = () => employee.patch(`/api/v1/customers/${id}`).send({ lastName: 'Blind' });
      for (const request of [patch(), patch().set('If-Match', '*')])
        expect((await request.expect(428)).body.code).toBe('VERSION_REQUIRED');
      expect((await employee.get(`/api/v1/customers/${id}`)).body.lastName).toBe('Neu');
    });

    it('by one of several concurrent requests', async () => {
      const id = await created({ customerNumber: 'C-3', lastName: 'Alt' });
      const answers = await Promise.all(['A', 'B', 'C', 'D'].map((lastName) => change(id, '"1"', { lastName })));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
    });

    it('never in the number, and never without a name', async () => {
      const id = await created({ customerNumber: 'C-4', lastName: 'Alt' });
      const errorOf = async (fields: object) => (await change(id, '"1"', fields).expect(400)).body.errors[0];
      expect(await errorOf({ customerNumber: 'C-5' })).toEqual({ field: 'customerNumber', code: 'UNKNOWN_FIELD' });
      expect(await errorOf({ lastName: null })).toEqual({ field: 'lastName', code: 'REQUIRED' });
      expect(await errorOf({ branchCode: 'NONE' })).toEqual({ field: 'branchCode', code: 'UNKNOWN_REFERENCE' });
      expect(await errorOf({ status: null })).toMatchObject({ field: 'status' });
      await change(id, '"1"', { lastName: null, companyName: 'Alt KG' }).expect(200);
    });

    it('not if unknown or anonymized', async () => {
      expect((await change(NOBODY, '"1"', { lastName: 'A' }).expect(404)).body.code).toBe('CUSTOMER_NOT_FOUND');
      const id = await anonymized();
      const { body } = await change(id, '"1"', { lastName: 'Zurück' }).expect(409);
      expect(body.code).toBe('CUSTOMER_ANONYMIZED');
    });
  });

  it('are shown as a stub once anonymized', async () => {
    const id = await anonymized({ customer_number: 'STUB-1', email: 'weg@example.org', birth_date: '1950-01-01' });
    const { body } = await employee.get(`/api/v1/customers/${id}`).expect(200);
    expect(body).toMatchObject({
      customerNumber: 'STUB-1',
      status: 'DELETED',
      firstName: null,
      email: null,
      birthDate: null,
    });
    expect(body.lastName).toMatch(/^Anonymisiert am \d\d\.\d\d\.\d{4} von Administrator$/);
    expect(body.anonymizedAt).toEqual(expect.any(String));
  });

  it('are found by number for compliance, too, without master data', async () => {
    const id = await created({ customerNumber: 'Z/1 ä', lastName: 'Geheim' });
    const { body } = await compliance.get(`/api/v1/customers/by-number/${encodeURIComponent('Z/1 ä')}`).expect(200);
    expect(body).toEqual({ id, customerNumber: 'Z/1 ä', anonymizedAt: null, legalHold: false });
    await compliance.get(`/api/v1/customers/${id}`).expect(403);
    await compliance.post('/api/v1/customers/search').send({ search: 'Geheim' }).expect(403);
    expect((await employee.get('/api/v1/customers/by-number/NONE').expect(404)).body.code).toBe('CUSTOMER_NOT_FOUND');
    expect((await employee.get('/api/v1/customers/nonsense').expect(404)).body.code).toBe('CUSTOMER_NOT_FOUND');
  });

  describe('searched', () => {
    const search = async (text: string, more: object = {}) =>
      (
        await employee
          .post('/api/v1/customers/search')
          .send({ search: text, ...more })
          .expect(200)
      ).body;
    const numbers = async (text: string) =>
      (await search(text)).items.map(({ customerNumber }: { customerNumber: string }) => customerNumber);

    beforeAll(async () => {
      const addressOf = (id: string, values: object) => app.records.insert('address', { customer_id: id, ...values });
      const ids = [
        await created({
          customerNumber: '4711',
          firstName: 'Jürgen',
          lastName: 'Müller-Weiß',
          phone: '+49 711 2889-10',
        }),
        await created({
          customerNumber: '4712',
          firstName: 'Jutta',
          lastName: 'Mueller',
          email: 'j.mueller@example.org',
        }),
        await created({ customerNumber: '47110', firstName: 'Otto', lastName: 'Bottrop', birthDate: '1931-05-07' }),
        await created({ customerNumber: '4713', companyName: '100% Optik_GmbH', status: 'DELETED' }),
      ];
      await addressOf(ids[0]!, { street: 'Königstraße 1', postal_code: '70173', city: 'Stuttgart', phone: '0711 999' });
      await addressOf(ids[1]!, { type: 'DELIVERY', street: 'Weg 2', postal_code: '89073', city: 'Ulm' });
      await app.sql.query('SELECT refresh_customer_search($1)', [ids]);
    });

    it.each([
      ['müller', ['4712', '4711']],
      ['MUELLER', ['4712', '4711']],
      ['Muller', ['4712', '4711']],
      ['weiss jürgen', ['4711']],
      ['jürg mül', ['4711']],
      ['otto', ['47110']],
      ['ttrop', []],
      ['4711', ['4711', '47110']],
      ['0711 288910', ['4711']],
      ['+49 (711) 28 89', ['4711']],
      ['j.mueller@example.org', ['4712']],
      ['Stuttgart 70173', ['4711']],
      ['70173 4711', ['4711']],
      ['ulm', ['4712']],
      ['100%', ['4713']],
      ['op%k', []],
      ['o_tik', []],
      ['optik_', ['4713']],
      ['müller ulm stuttgart', []],
    ])('by %s', async (text, expected) => {
      expect(await numbers(text)).toEqual(expected);
    });

    it('with the columns of the result table; without a residential address, only names and birth date', async () => {
      expect((await search('4711')).items).toEqual([
        {
          id: expect.any(String),
          customerNumber: '4711',
          status: 'ACTIVE',
          lastName: 'Müller-Weiß',
          firstName: 'Jürgen',
          postalCode: '70173',
          city: 'Stuttgart',
          street: 'Königstraße 1',
          phone: '0711 999',
          birthDate: null,
        },
        expect.objectContaining({ customerNumber: '47110', postalCode: null, phone: null, birthDate: '1931-05-07' }),
      ]);
    });

    it('by their current names', async () => {
      const id = await created({ customerNumber: 'S-1', lastName: 'Vorherig' });
      await change(id, '"1"', { lastName: 'Nachherig' }).expect(200);
      expect([await numbers('vorherig'), await numbers('nachherig')]).toEqual([[], ['S-1']]);
    });

    it('page by page', async () => {
      for (let n = 1; n <= 5; n++)
        await created({ customerNumber: `P-${n}`, lastName: 'Seitenweise', firstName: `V${n}` });
      const first = await search('seitenweise', { limit: 2 });
      const second = await search('seitenweise', { limit: 2, cursor: first.nextCursor });
      const third = await search('seitenweise', { limit: 2, cursor: second.nextCursor });
      const found = [first, second, third].flatMap(({ items }) =>
        items.map((item: { firstName: string }) => item.firstName),
      );
      expect(found).toEqual(['V1', 'V2', 'V3', 'V4', 'V5']);
      expect(third.nextCursor).toBeNull();
      expect(Buffer.from(first.nextCursor, 'base64url').toString()).toBe('["2"]');
    });

    it('never when anonymized', async () => {
      const id = await created({ customerNumber: 'S77', lastName: 'Vergesslich' });
      expect(await numbers('vergesslich')).toEqual(['S77']);
      const confirmation = { confirmation: 'S77', reason: 'ERASURE_REQUEST' };
      await (await app.as('admin')).post(`/api/v1/customers/${id}/anonymization`).send(confirmation).expect(200);
      expect([await numbers('vergesslich'), await numbers('S77'), await numbers('Anonymisiert')]).toEqual([[], [], []]);
    });

    it.each([
      [{ search: '' }, 'search'],
      [{ search: ' .,! ' }, 'search'],
      [{ search: 'a'.repeat(201) }, 'search'],
      [{}, 'search'],
      [{ search: 'a', limit: 201 }, 'limit'],
      [{ search: 'a', limit: 0 }, 'limit'],
      [{ search: 'a', cursor: 'nonsense' }, 'cursor'],
    ])('not for an invalid search (%#)', async (request, field) => {
      const { body } = await employee.post('/api/v1/customers/search').send(request).expect(400);
      expect(body).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ field }] });
    });
  });

  describe('under a legal hold', () => {
    const url = (id: string) => `/api/v1/customers/${id}/legal-hold`;

    it('set and lifted by compliance, audited, once at a time', async () => {
      app.clock.set('2026-11-22T23:30:00Z'); // already the 23rd in the shop's time zone
      const officer = await app.as('compliance');
      const id = await app.records.customer();
      const { body: hold } = await officer.post(url(id)).send({ reasonCode: 'LITIGATION' }).expect(201);
      expect(hold).toEqual({ id: expect.any(String), reasonCode: 'LITIGATION', setOn: '2026-11-23' });
      const again = await officer.post(url(id)).send({ reasonCode: 'TAX_AUDIT' }).expect(409);
      expect(again.body.code).toBe('LEGAL_HOLD_IN_FORCE');
      expect((await (await app.as('employee')).get(`/api/v1/customers/${id}`)).body.legalHold).toBe(true);
      await officer.delete(url(id)).expect(204);
      expect((await officer.delete(url(id)).expect(404)).body.code).toBe('LEGAL_HOLD_NOT_FOUND');
      await officer.post(url(id)).send({ reasonCode: 'TAX_AUDIT' }).expect(201);
      expect(await auditOf(id)).toEqual([
        { action: 'LEGAL_HOLD_SET', details: { legalHoldId: hold.id, reasonCode: 'LITIGATION' } },
        { action: 'LEGAL_HOLD_LIFTED', details: { legalHoldId: hold.id } },
        { action: 'LEGAL_HOLD_SET', details: { legalHoldId: expect.any(String), reasonCode: 'TAX_AUDIT' } },
      ]);
    });

    it('cannot be anonymized', async () => {
      const id = await app.records.customer({ customer_number: 'HELD-1' });
      await compliance.post(url(id)).send({ reasonCode: 'LITIGATION' }).expect(201);
      const { body } = await (
        await app.as('admin')
      )
        .post(`/api/v1/customers/${id}/anonymization`)
        .send({ confirmation: 'HELD-1', reason: 'ERASURE_REQUEST' })
        .expect(409);
      expect(body.blockers).toMatchObject([{ rule: 6, code: 'LEGAL_HOLD' }]);
    });

    it('not by other roles, not with free text, not once anonymized', async () => {
      const id = await app.records.customer();
      for (const other of ['admin', 'employee'] as const)
        await (await app.as(other)).post(url(id)).send({ reasonCode: 'LITIGATION' }).expect(403);
      await compliance.post(url(id)).send({ reasonCode: 'Streit mit Frau Beispiel' }).expect(400);
      await compliance.post(url(NOBODY)).send({ reasonCode: 'LITIGATION' }).expect(404);
      const stub = await anonymized();
      const { body } = await compliance.post(url(stub)).send({ reasonCode: 'LITIGATION' }).expect(409);
      expect(body.code).toBe('CUSTOMER_ANONYMIZED');
    });
  });
});
