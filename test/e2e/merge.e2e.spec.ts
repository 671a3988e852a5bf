import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import type TestAgent from 'supertest/lib/agent';
import { Population } from '../support/customer-rows';
import { DataMap } from '../../src/modules/data-map';
import { hasWord } from '../../src/modules/merge/leftovers';
import { dumpDatabase, searchOf } from '../support/database-dump';
import { archiveDocument } from '../support/documents';
import { fullCustomer } from '../support/full-customer';
import { Records } from '../support/records';
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
  const preview = (id: string, intoCustomerId: string) =>
    admin.post(`/api/v1/customers/${id}/merge/preview`).send({ intoCustomerId });
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
    await app.sql.query('UPDATE legal_hold SET lifted_at = now(), lifted_by = $2 WHERE customer_id = $1', [
      source,
      NOBODY,
    ]);
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

    const { selection_member: dropped, ...moved } = before;
    const plan = (await preview(source, target).expect(200)).body;
    expect([plan.moved, plan.dropped]).toEqual([moved, { selection_member: dropped }]);
    expect(await counts(source)).toEqual(before);

    const { body } = await merge(source, target).expect(200);
    expect(body).toMatchObject({ customerId: source, intoCustomerId: target });
    expect([body.moved, body.dropped]).toEqual([moved, { selection_member: dropped }]);
    // the source's names are remembered with those it already had; here they are the target's own
    expect(await counts(target)).toEqual({ ...moved, selection_member: 0 });
    expect(Object.values(await counts(source)).every((count) => count === 0)).toBe(true);
    expect(await read(source)).toMatchObject({
      lastName: 'Zusammengeführt mit M-1',
      firstName: null,
      status: 'DELETED',
      mergedIntoId: target,
      anonymizedAt: null,
    });
    const { rows } = await app.sql.query(
      `SELECT customer_id AS "customerId", canonical::jsonb -> 'details' AS details FROM audit.entry WHERE action = 'CUSTOMERS_MERGED'`,
    );
    expect(rows).toEqual([
      {
        customerId: source,
        details: expect.objectContaining({ intoCustomerId: target, intoCustomerNumber: 'M-1', moved }),
      },
    ]);
  });

  it('fills empty columns of the target, and the customer is found under one name', async () => {
    const source = await app.records.customer({
      first_name: 'Änne',
      last_name: 'Quellnix',
      customer_number: 'M-Q',
      email: 'quelle@example.org',
      note: 'Nickelallergie! Nur Titanbrillen.',
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
      note: 'behalten\n\nAus Zusammenführung mit M-Q:\nNotiz: Nickelallergie! Nur Titanbrillen.',
      version: 2,
    });
    expect(await rowsOf('address', 'id', target)).toMatchObject([{ type: 'RESIDENTIAL', city: 'Quellstadt' }]);
    expect(await rowsOf('customer_search', 'customer_id', source)).toEqual([]);
    expect(await found('quellstadt')).toEqual([target]);
    expect(await found('zielmann')).toEqual([target]);
    for (const text of ['quellnix', 'Zusammengeführt']) expect(await found(text)).toEqual([]);
    const selection = { name: 'Alle', criteria: { customerNumbers: [(await read(source)).customerNumber] } };
    expect((await admin.post('/api/v1/selections').send(selection).expect(201)).body.memberCount).toBe(0);
  });

  it('keeps one residential address, the order of the accounts, each relationship once, and no membership of the source', async () => {
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
    const plan = (await preview(source, target).expect(200)).body;
    const { body } = await merge(source, target).expect(200);
    expect([plan.moved, plan.dropped]).toEqual([body.moved, body.dropped]);
    expect(body.dropped).toEqual({ relationship: 3, selection_member: 2 });
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
    const memberships = await rowsOf('selection_member', 'selection_id', target);
    expect(memberships.map(({ selection_id }) => selection_id)).toEqual([both]);
    expect(await rowsOf('selection_member', 'selection_id', source)).toEqual([]);
  });

  it('adds no customer to a run who was not selected', async () => {
    const [duplicate, active] = [await app.records.customer(), await app.records.customer()];
    const { id: selectionId } = (
      await admin
        .post('/api/v1/selections')
        .send({ name: 'Inaktiv', customerIds: [duplicate] })
        .expect(201)
    ).body;
    await merge(duplicate, active).expect(200);
    const { id } = (await admin.post('/api/v1/anonymization-runs').send({ selectionId }).expect(202)).body;
    expect((await finishedRun(admin, id, 'PREVIEWED')).counts).toMatchObject({ total: 0, ready: 0 });
  });

  it('appends values to the target’s note that it cannot store otherwise', async () => {
    const columns = {
      salutation: 'Herr',
      title: 'Dr.',
      first_name: 'Änne',
      birth_name: 'Quellgeb',
      company_name: 'Quell GmbH',
      birth_date: '1950-02-28',
      gender: 'M',
      email: 'quelle@example.org',
      phone: '030 111',
      mobile: '0171 111',
      physician: 'Dr. Ohr',
      note: 'Nickelallergie!\nNur Titan.',
    };
    const others = Object.fromEntries(Object.keys(columns).map((column) => [column, `anders ${column}`]));
    const [source, target] = [
      await app.records.customer({ ...columns, customer_number: 'M-2', last_name: 'Quellnam', status: 'DECEASED' }),
      await app.records.customer({ ...others, birth_date: '1951-02-28', last_name: 'Zielnam' }),
    ] as const;
    const expected = [
      ['salutation', 'Herr', 'Anrede: Herr'],
      ['title', 'Dr.', 'Titel: Dr.'],
      ['companyName', 'Quell GmbH', 'Firma: Quell GmbH'],
      ['birthDate', '1950-02-28', 'Geburtsdatum: 28.02.1950'],
      ['gender', 'M', 'Geschlecht: M'],
      ['email', 'quelle@example.org', 'E-Mail: quelle@example.org'],
      ['phone', '030 111', 'Telefon: 030 111'],
      ['mobile', '0171 111', 'Mobil: 0171 111'],
      ['note', 'Nickelallergie!\nNur Titan.', 'Notiz: Nickelallergie!\nNur Titan.'],
      ['physician', 'Dr. Ohr', 'Arzt: Dr. Ohr'],
      ['status', 'DECEASED', 'Status: verstorben'],
    ];
    const { body } = await preview(source, target).expect(200);
    expect(body.appended).toEqual(expected.map(([field, value]) => ({ field, value })));
    expect(body.differences).toEqual([
      { field: 'firstName', source: 'Änne', target: 'anders first_name' },
      { field: 'lastName', source: 'Quellnam', target: 'Zielnam' },
      { field: 'birthName', source: 'Quellgeb', target: 'anders birth_name' },
      { field: 'companyName', source: 'Quell GmbH', target: 'anders company_name' },
      { field: 'birthDate', source: '1950-02-28', target: '1951-02-28' },
    ]);
    await merge(source, target).expect(200);
    expect((await read(target)).note).toBe(
      ['anders note', '', 'Aus Zusammenführung mit M-2:', ...expected.map(([, , line]) => line)].join('\n'),
    );
    expect(await rowsOf('former_identity', 'id', target)).toMatchObject([
      { first_name: 'Änne', last_name: 'Quellnam', birth_name: 'Quellgeb' },
    ]);
  });

  it('appends nothing that both share, and nothing that fills an empty column', async () => {
    const [source, target] = [
      await app.records.customer({ phone: '030 1', email: 'a@example.org', note: 'Notiz der Quelle' }),
      await app.records.customer({ phone: '030 1', email: null, note: null }),
    ];
    const { body } = await preview(source, target).expect(200);
    expect([body.appended, body.filled]).toEqual([[], ['email', 'note']]);
    await merge(source, target).expect(200);
    expect(await read(target)).toMatchObject({ email: 'a@example.org', note: 'Notiz der Quelle' });
  });

  it('names every personal column of a customer in German', () => {
    const customer = app.nest.get(DataMap, { strict: false }).tables.find(({ name }) => name === 'customer')!;
    const unnamed = customer.columns.filter(({ name, rule }) => rule.treatment === 'ERASE' && !hasWord(name));
    expect(unnamed).toEqual([]);
  });

  it('lets a note reach 10,000 characters, and is refused beyond that', async () => {
    const appended = '\n\nAus Zusammenführung mit M-L1:\nNotiz: 👓';
    const room = 10_000 - [...appended].length;
    const target = await app.records.customer({ note: 'x'.repeat(room) });
    const tooLong = await app.records.customer({ customer_number: 'M-L2', note: '👓👓' });
    for (const call of [preview, merge])
      expect((await call(tooLong, target).expect(409)).body).toMatchObject({
        code: 'MERGE_NOTE_TOO_LONG',
        maximum: 10_000,
      });
    expect(await read(tooLong)).toMatchObject({ mergedIntoId: null, note: '👓👓' });
    const fitting = await app.records.customer({ customer_number: 'M-L1', note: '👓' });
    await merge(fitting, target).expect(200);
    const { note, version } = await read(target);
    expect(note).toBe('x'.repeat(room) + appended);
    await admin
      .patch(`/api/v1/customers/${target}`)
      .set('If-Match', `"${version}"`)
      .send({ note: 'x'.repeat(2_001) })
      .expect(400);
    await admin
      .patch(`/api/v1/customers/${target}`)
      .set('If-Match', `"${version}"`)
      .send({ phone: '030 2' })
      .expect(200);
  });

  it('is previewed with both customers, without changing anything', async () => {
    const [source, target] = [
      await app.records.customer({ customer_number: 'M-P1', first_name: 'Eva' }),
      await app.records.customer({ customer_number: 'M-P2' }),
    ] as const;
    await app.records.insert('address', { customer_id: source, street: 'Allee 1', postal_code: '10115', city: 'B' });
    await admin
      .post('/api/v1/selections')
      .send({ name: 'Ziel', customerIds: [target] })
      .expect(201);
    const run = await admin
      .post('/api/v1/anonymization-runs')
      .send({ customerIds: [target] })
      .expect(202);
    await finishedRun(admin, run.body.id, 'PREVIEWED');
    const dump = async () =>
      (await app.sql.query('SELECT * FROM customer WHERE id IN ($1, $2) ORDER BY id', [source, target])).rows;
    const before = await dump();
    const { body } = await preview(source, target).expect(200);
    expect(body).toMatchObject({
      source: {
        ...(await read(source)),
        street: 'Allee 1',
        postalCode: '10115',
        city: 'B',
        selections: 0,
        readyInRuns: 0,
      },
      target: { ...(await read(target)), street: null, postalCode: null, city: null, selections: 1, readyInRuns: 1 },
      moved: { address: 1 },
      dropped: {},
    });
    expect(await dump()).toEqual(before);
    const entries = await app.sql.query(`SELECT FROM audit.entry WHERE customer_id = $1`, [source]);
    expect(entries.rowCount).toBe(0);
  });

  it('keeps the documents of both readable, even after a second merge, and seals them all', async () => {
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

  it('anonymizes the source with the target, including free text', async () => {
    const source = await fullCustomer(app.sql, 'Quelle');
    const target = await fullCustomer(app.sql, 'Ziel');
    await merge(source.id, target.id).expect(200);
    await anonymize(target.id);
    const tablesWith = searchOf(await dumpDatabase(app.sql));
    for (const token of [...source.tokens, ...target.tokens]) expect([token, tablesWith(token)]).toEqual([token, []]);
    for (const text of [...source.keptTexts, ...target.keptTexts]) expect(tablesWith(text)).not.toEqual([]);
  });

  it('leaves nothing personal with customers merged into an erased one, even along a chain', async () => {
    const [old, middle, last] = [
      await fullCustomer(app.sql, 'Kettea'),
      await fullCustomer(app.sql, 'Ketteb'),
      await fullCustomer(app.sql, 'Kettec'),
    ];
    await merge(old.id, middle.id).expect(200);
    await merge(middle.id, last.id).expect(200);
    await anonymize(last.id);
    const columns = app.nest
      .get(DataMap, { strict: false })
      .tables.find(({ name }) => name === 'customer')!
      .columns.filter(({ rule }) => rule.treatment === 'ERASE');
    for (const { id } of [old, middle]) {
      const [row] = await rowsOf('customer', 'id', id, 'id');
      expect(columns.map(({ name }) => row[name])).toEqual(columns.map(() => null));
      expect(row.last_name).toMatch(/^Zusammengeführt mit /);
    }
    const tablesWith = searchOf(await dumpDatabase(app.sql));
    for (const { tokens } of [old, middle, last])
      for (const token of tokens) expect([token, tablesWith(token)]).toEqual([token, []]);
  });

  describe('is refused', () => {
    it('for anonymized, merged, unknown and identical customers', async () => {
      const [one, other] = [await app.records.customer(), await app.records.customer()];
      const [gone, merged] = [await app.records.customer(), await app.records.customer()];
      await anonymize(gone);
      await merge(merged, other).expect(200);
      const refusal = async (id: string, into: string) => {
        const { status, body } = await merge(id, into);
        expect((await preview(id, into)).body).toMatchObject({ status, code: body.code });
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

    it('while one of them is under a legal hold', async () => {
      const [one, other, held] = [
        await app.records.customer(),
        await app.records.customer(),
        await app.records.customer(),
      ];
      await app.records.insert('legal_hold', { customer_id: held });
      for (const [source, target] of [
        [one, held],
        [held, one],
      ] as const)
        for (const call of [merge, preview])
          expect((await call(source, target).expect(409)).body).toMatchObject({
            code: 'LEGAL_HOLD',
            customerId: held,
          });
      await app.sql.query('UPDATE legal_hold SET lifted_at = now(), lifted_by = $1', [NOBODY]);
      await merge(held, other).expect(200);
      expect((await rowsOf('legal_hold', 'id', other)).length).toBe(1);
    });

    it('for all roles but administrators', async () => {
      const [one, other] = [await app.records.customer(), await app.records.customer()];
      for (const login of ['employee', 'compliance'] as const)
        for (const route of ['merge', 'merge/preview'])
          await (
            await app.as(login)
          )
            .post(`/api/v1/customers/${one}/${route}`)
            .send({ intoCustomerId: other })
            .expect(403);
    });

    it('for one of two opposite merges at once', async () => {
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
        `SELECT action, canonical::jsonb -> 'details' -> 'blockers' AS blockers FROM audit.entry
         WHERE customer_id = $1 AND action LIKE 'ANONYMIZATION%'`,
        [source],
      );
      expect(entries.rows).toEqual([{ action: 'ANONYMIZATION_REFUSED', blockers: ['CUSTOMER_MERGED'] }]);
    });

    it('is not touched by a run, whether previewed before or created after', async () => {
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

  it('waits for a booking of the source in progress, which then moves as well', async () => {
    const [source, target] = [await app.records.customer(), await app.records.customer()];
    const booking = new Client(app.database.superuser);
    await booking.connect();
    try {
      await booking.query('BEGIN');
      await new Records(booking).insert('care_case', { customer_id: source, title: 'Nachzügler' });
      const merged = merge(source, target).then(({ status }) => status);
      const waits = `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
      for (let i = 0; i < 500 && (await app.sql.query(waits)).rowCount === 0; i++) await delay(20);
      await booking.query('COMMIT');
      expect(await merged).toBe(200);
    } finally {
      await booking.end();
    }
    expect(await rowsOf('care_case', 'id', target)).toMatchObject([{ title: 'Nachzügler' }]);
    expect(await rowsOf('care_case', 'id', source)).toEqual([]);
  });

  it('refuses bookings on the source', async () => {
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
