import type TestAgent from 'supertest/lib/agent';
import { Population } from '../support/customer-rows';
import { DataMap } from '../../src/modules/data-map';
import { dumpDatabase, tablesWith } from '../support/database-dump';
import { archiveDocument } from '../support/documents';
import { fullCustomer } from '../support/full-customer';
import { finishedRun } from '../support/runs';
import { TestApp } from '../support/test-app';

const NOBODY = '01900000-0000-7000-8000-000000000000';

describe('merging customers', () => {
  let app: TestApp;
  let admin: TestAgent;

  beforeAll(async () => {
    app = await TestApp.start();
    admin = await app.as('admin');
  });
  afterAll(() => app.stop());

  const merge = (id: string, intoCustomerId: string) =>
    admin.post(`/api/v1/customers/${id}/merge`).send({ intoCustomerId });
  const read = async (id: string) => (await admin.get(`/api/v1/customers/${id}`).expect(200)).body;
  const anonymize = async (id: string) => {
    const { customerNumber: confirmation } = await read(id);
    await admin
      .post(`/api/v1/customers/${id}/anonymization`)
      .send({ confirmation, reason: 'ERASURE_REQUEST' })
      .expect(200);
  };
  const rowsOf = async (table: string, order: string, id: string, column = 'customer_id') =>
    (await app.sql.query(`SELECT * FROM ${table} WHERE ${column} = $1 ORDER BY ${order}`, [id])).rows;
  const found = async (search: string) =>
    (await admin.post('/api/v1/customers/search').send({ search }).expect(200)).body.items.map(
      (item: { id: string }) => item.id,
    );

  it('moves the rows of every table and erases the source', async () => {
    const tables = app.nest.get(DataMap, { strict: false }).allCustomerTables;
    const owned = tables.filter(({ name }) => !['customer', 'customer_search', 'archive_key'].includes(name));
    const population = await Population.of(app.sql, owned);
    const relative = await app.records.customer();
    const [source, target] = [
      await app.records.customer(),
      await app.records.customer({ customer_number: 'M-1' }),
    ] as const;
    await population.fill([source]);
    await app.sql.query('DELETE FROM relationship WHERE $1 IN (customer_id, related_customer_id)', [target]);
    await app.records.insert('relationship', { customer_id: relative, related_customer_id: source });
    const counts = async (id: string) => {
      const counted: Record<string, number> = {};
      for (const { name, rule } of owned) {
        const condition = rule.customerColumns.map((column) => `${column} = $1`).join(' OR ');
        counted[name] = (await app.sql.query(`SELECT FROM ${name} WHERE ${condition}`, [id])).rowCount!;
      }
      return counted;
    };
    const before = await counts(source);
    expect(Object.values(before).every((count) => count > 0)).toBe(true);

    const { body } = await merge(source, target).expect(200);
    expect(body).toMatchObject({ customerId: source, intoCustomerId: target });
    expect(body.moved).toEqual(before);
    // the source's names are remembered beside those that came along; they are the target's own here
    expect(await counts(target)).toEqual(before);
    expect(Object.values(await counts(source)).every((count) => count === 0)).toBe(true);
    expect(await read(source)).toMatchObject({
      lastName: 'Zusammengeführt mit M-1',
      firstName: null,
      status: 'DELETED',
      mergedIntoId: target,
      anonymizedAt: null,
    });
    const { rows } = await app.sql.query(
      `SELECT content ->> 'customerId' AS "customerId", content -> 'details' AS details FROM audit.entry WHERE content ->> 'action' = 'CUSTOMERS_MERGED'`,
    );
    expect(rows).toEqual([
      {
        customerId: source,
        details: expect.objectContaining({ intoCustomerId: target, intoCustomerNumber: 'M-1', moved: before }),
      },
    ]);
  });

  it('fills what the target does not know, and is found under one name', async () => {
    const source = await app.records.customer({
      first_name: 'Änne',
      last_name: 'Quellnix',
      email: 'quelle@example.org',
      note: 'N',
    });
    const target = await app.records.customer({
      first_name: null,
      last_name: 'Zielmann',
      email: null,
      phone: '1',
      note: 'behalten',
    });
    await app.records.insert('address', { customer_id: source, city: 'Quellstadt' });
    await app.sql.query('SELECT refresh_customer_search($1)', [[source, target]]);
    await merge(source, target).expect(200);
    expect(await read(target)).toMatchObject({
      firstName: 'Änne',
      lastName: 'Zielmann',
      email: 'quelle@example.org',
      phone: '1',
      note: 'behalten',
      version: 2,
    });
    expect(await found('quellstadt')).toEqual([target]);
    expect(await found('zielmann')).toEqual([target]);
    for (const text of ['quellnix', 'Zusammengeführt']) expect(await found(text)).toEqual([]);
    const selection = { name: 'Alle', criteria: { customerNumbers: [(await read(source)).customerNumber] } };
    expect((await admin.post('/api/v1/selections').send(selection).expect(201)).body.memberCount).toBe(0);
  });

  it('keeps one residential address, the order of the accounts, and each relationship and membership once', async () => {
    const [source, target, relative] = [
      await app.records.customer(),
      await app.records.customer(),
      await app.records.customer(),
    ] as const;
    for (const customer_id of [source, target]) {
      await app.records.insert('address', { customer_id, street: customer_id === source ? 'Quelle' : 'Ziel' });
      for (const position of [1, 2])
        await app.records.insert('bank_account', { customer_id, position, iban: `${customer_id}${position}` });
      await app.records.insert('relationship', { customer_id, related_customer_id: relative });
      await app.records.insert('relationship', {
        customer_id: relative,
        related_customer_id: customer_id,
        kind: 'PARENT',
      });
    }
    await app.records.insert('relationship', { customer_id: source, related_customer_id: target });
    await app.records.insert('relationship', { customer_id: source, related_customer_id: relative, kind: 'FRIEND' });
    const [both, one] = [await app.records.insert('selection'), await app.records.insert('selection')];
    for (const [selection_id, customer_id] of [
      [both, source],
      [both, target],
      [one, source],
    ])
      // prettier-ignore
      await app.records.insert('selection_member', { selection_id, customer_id });
    await merge(source, target).expect(200);
    expect((await rowsOf('address', 'id', target)).map(({ type, street }) => [type, street])).toEqual([
      ['OTHER', 'Quelle'],
      ['RESIDENTIAL', 'Ziel'],
    ]);
    expect((await rowsOf('bank_account', 'position', target)).map(({ iban }) => iban)).toEqual([
      `${target}1`,
      `${target}2`,
      `${source}1`,
      `${source}2`,
    ]);
    const relationships = [
      ...(await rowsOf('relationship', 'kind', target)),
      ...(await rowsOf('relationship', 'kind', target, 'related_customer_id')),
    ];
    expect(relationships.map(({ kind }) => kind)).toEqual(['CHILD', 'FRIEND', 'PARENT']);
    expect((await rowsOf('selection_member', 'selection_id', target)).map(({ selection_id }) => selection_id)).toEqual([
      both,
      one,
    ]);
  });

  it('keeps the target under one legal hold', async () => {
    const hold = (customer_id: string) => app.records.insert('legal_hold', { customer_id });
    const [source, target] = [await app.records.customer(), await app.records.customer()];
    await hold(source);
    const kept = await hold(target);
    await merge(source, target).expect(200);
    const holds = await rowsOf('legal_hold', 'id', target);
    expect(holds.map(({ id, lifted_at }) => [id === kept, lifted_at === null])).toEqual([
      [false, false],
      [true, true],
    ]);
    const third = await app.records.customer();
    await merge(target, third).expect(200);
    expect((await read(third)).legalHold).toBe(true);
  });

  it('keeps the documents of both readable, also through a second merge, and seals them all', async () => {
    const ids = [await app.records.customer(), await app.records.customer(), await app.records.customer()];
    const documents: { id: string; text: string }[] = [];
    for (const [n, id] of ids.entries())
      for (const retentionClass of ['NONE', 'VOUCHER'] as const) {
        const text = `${retentionClass} von ${n}`;
        documents.push({ id: (await archiveDocument(app, id, { retentionClass, content: text })).id, text });
      }
    await merge(ids[0]!, ids[1]!).expect(200);
    await merge(ids[1]!, ids[2]!).expect(200);
    const late = await archiveDocument(app, ids[2]!, { content: 'danach' });
    for (const { id, text } of [...documents, { id: late.id, text: 'danach' }])
      expect((await admin.get(`/api/v1/documents/${id}/content`).expect(200)).text).toBe(text);
    await anonymize(ids[2]!);
    const { rows } = await app.sql.query(
      'SELECT retention_class, wrapped_key IS NULL AS sealed FROM archive_key WHERE customer_id = $1',
      [ids[2]],
    );
    expect(rows).toEqual(Array.from({ length: 3 }, () => ({ retention_class: 'VOUCHER', sealed: true })));
    expect((await rowsOf('archive_document', 'id', ids[2]!)).map(({ retention_class }) => retention_class)).toEqual(
      Array.from({ length: 3 }, () => 'VOUCHER'),
    );
  });

  it('forgets the source with the target, in free text as well', async () => {
    const source = await fullCustomer(app.sql, 'Quelle');
    const target = await fullCustomer(app.sql, 'Ziel');
    await merge(source.id, target.id).expect(200);
    await anonymize(target.id);
    const dump = await dumpDatabase(app.sql);
    for (const token of [...source.tokens, ...target.tokens])
      expect([token, tablesWith(dump, token)]).toEqual([token, []]);
    for (const text of [...source.keptTexts, ...target.keptTexts]) expect(tablesWith(dump, text)).not.toEqual([]);
  });

  describe('is refused', () => {
    it('for anonymized, merged, unknown and the same customers', async () => {
      const [one, other] = [await app.records.customer(), await app.records.customer()];
      const [gone, merged] = [await app.records.customer(), await app.records.customer()];
      await anonymize(gone);
      await merge(merged, other).expect(200);
      const refusal = async (id: string, into: string) => {
        const { status, body } = await merge(id, into);
        return [status, body.code];
      };
      expect(await refusal(gone, one)).toEqual([409, 'CUSTOMER_ANONYMIZED']);
      expect(await refusal(one, gone)).toEqual([409, 'CUSTOMER_ANONYMIZED']);
      expect(await refusal(merged, one)).toEqual([409, 'CUSTOMER_MERGED']);
      expect(await refusal(one, merged)).toEqual([409, 'CUSTOMER_MERGED']);
      expect(await refusal(one, NOBODY)).toEqual([404, 'CUSTOMER_NOT_FOUND']);
      expect(await refusal(NOBODY, one)).toEqual([404, 'CUSTOMER_NOT_FOUND']);
      expect(await refusal(one, one)).toEqual([400, 'VALIDATION_FAILED']);
      expect(await refusal(one, 'nonsense')).toEqual([400, 'VALIDATION_FAILED']);
      expect(await read(one)).toMatchObject({ status: 'ACTIVE', version: 1 });
    });

    it('for everybody but administrators', async () => {
      const [one, other] = [await app.records.customer(), await app.records.customer()];
      for (const login of ['employee', 'compliance'] as const)
        await (await app.as(login)).post(`/api/v1/customers/${one}/merge`).send({ intoCustomerId: other }).expect(403);
    });

    it('for one of two who go opposite ways at once', async () => {
      const [one, other] = [await app.records.customer(), await app.records.customer()];
      const answers = await Promise.all([merge(one, other), merge(other, one)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    });
  });

  describe('leaves a source that', () => {
    const blocker = (target: string, recordNumber: string) => ({
      rule: 0,
      code: 'CUSTOMER_MERGED',
      module: 'customer',
      recordType: 'CUSTOMER',
      recordId: target,
      recordNumber,
      date: null,
      clearsOn: null,
    });
    const itemsOf = async (runId: string) =>
      (await admin.get(`/api/v1/anonymization-runs/${runId}/items`).expect(200)).body.items;

    it('is blocked in a preview, and whose anonymization is refused with the target', async () => {
      const [source, target] = [await app.records.customer(), await app.records.customer()];
      const { customerNumber } = await read(target);
      await merge(source, target).expect(200);
      const route = `/api/v1/customers/${source}/anonymization`;
      const preview = await admin.post(`${route}/preview`).expect(200);
      expect(preview.body).toMatchObject({
        verdict: 'BLOCKED',
        earliestPossibleOn: null,
        blockers: [blocker(target, customerNumber)],
      });
      const order = { confirmation: (await read(source)).customerNumber, reason: 'ERASURE_REQUEST' };
      const { body } = await admin.post(route).send(order).expect(409);
      expect(body).toMatchObject({
        code: 'CUSTOMER_MERGED',
        intoCustomerId: target,
        intoCustomerNumber: customerNumber,
      });
      expect(await read(source)).toMatchObject({ anonymizedAt: null });
      const entries = await app.sql.query(
        `SELECT content ->> 'action' AS action, content -> 'details' -> 'blockers' AS blockers FROM audit.entry
         WHERE content ->> 'customerId' = $1 AND content ->> 'action' LIKE 'ANONYMIZATION%'`,
        [source],
      );
      expect(entries.rows).toEqual([{ action: 'ANONYMIZATION_REFUSED', blockers: ['CUSTOMER_MERGED'] }]);
    });

    it('a run that was previewed before, or is created after, does not touch', async () => {
      const [source, target, other] = [
        await app.records.customer(),
        await app.records.customer(),
        await app.records.customer(),
      ];
      const { customerNumber } = await read(target);
      const create = async (...customerIds: string[]): Promise<string> => {
        const { body } = await admin.post('/api/v1/anonymization-runs').send({ customerIds }).expect(202);
        await finishedRun(admin, body.id, 'PREVIEWED');
        return body.id;
      };
      const before = await create(source, other);
      expect(await itemsOf(before)).toMatchObject([{ state: 'READY' }, { state: 'READY' }]);
      await merge(source, target).expect(200);
      const after = await create(source);
      expect(await itemsOf(after)).toMatchObject([{ state: 'BLOCKED', blockers: [blocker(target, customerNumber)] }]);
      await admin
        .post(`/api/v1/anonymization-runs/${before}/start`)
        .send({ confirmation: 2, reason: 'RETENTION_EXPIRED' })
        .expect(202);
      await finishedRun(admin, before, 'COMPLETED');
      const items = (await itemsOf(before)).map(({ customerId, state, blockers }: Record<string, unknown>) => ({
        customerId,
        state,
        blockers,
      }));
      expect(items).toEqual([
        { customerId: source, state: 'BLOCKED', blockers: [blocker(target, customerNumber)] },
        { customerId: other, state: 'ANONYMIZED', blockers: [] },
      ]);
      expect(await read(target)).toMatchObject({ status: 'ACTIVE', anonymizedAt: null });
    });
  });

  it('closes the source for bookings', async () => {
    const [source, target] = [await app.records.customer(), await app.records.customer()];
    await merge(source, target).expect(200);
    const change = admin.patch(`/api/v1/customers/${source}`).set('If-Match', '"2"').send({ lastName: 'Zurück' });
    expect((await change.expect(409)).body.code).toBe('CUSTOMER_MERGED');
    const { body } = await admin
      .post('/api/v1/selections')
      .send({ name: 'Zu', customerIds: [source] })
      .expect(409);
    expect(body.code).toBe('CUSTOMER_MERGED');
  });
});
