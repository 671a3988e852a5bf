import type TestAgent from 'supertest/lib/agent';
import { finishedRun } from '../support/runs';
import { TestApp } from '../support/test-app';

const NOBODY = '01900000-0000-7000-8000-000000000000';

describe('selections', () => {
  let app: TestApp;
  let employee: TestAgent;

  beforeAll(async () => {
    app = await TestApp.start();
    employee = await app.as('employee');
  });
  afterAll(() => app.stop());

  const save = (body: object) => employee.post('/api/v1/selections').send(body);
  const membersOf = async (id: string, query = '') =>
    (await employee.get(`/api/v1/selections/${id}/members${query}`).expect(200)).body;
  const numbersOf = async (id: string) =>
    (await membersOf(id, '?limit=200')).items
      .map(({ customerNumber }: { customerNumber: string }) => customerNumber)
      .sort();
  /** Dates all stored records of the customers on the day. */
  const knownSince = (day: string, customerIds: readonly string[]) =>
    app.sql.query(
      `UPDATE customer SET created_at = $1::date, updated_at = $1::date, last_contact_on = $1::date WHERE id = ANY ($2)`,
      [day, customerIds],
    );
  const anonymize = async (id: string, confirmation: string) =>
    (await app.as('admin'))
      .post(`/api/v1/customers/${id}/anonymization`)
      .send({ confirmation, reason: 'ERASURE_REQUEST' })
      .expect(200);

  describe('of named customers', () => {
    it('contain each one once, with the columns of the search', async () => {
      const id = await app.records.customer({
        customer_number: 'A-1',
        last_name: 'Anders',
        birth_date: '1940-01-02',
        phone: '1',
      });
      await app.records.insert('address', {
        customer_id: id,
        postal_code: '70173',
        city: 'Stuttgart',
        street: 'Weg 1',
      });
      const { body } = await save({ name: 'Zwei Mal', customerIds: [id, id.toUpperCase()] }).expect(201);
      expect(body).toEqual({ id: expect.any(String), name: 'Zwei Mal', memberCount: 1, createdAt: expect.any(String) });
      expect(await membersOf(body.id)).toEqual({
        items: [
          {
            id,
            customerNumber: 'A-1',
            status: 'ACTIVE',
            lastName: 'Anders',
            firstName: 'Erika',
            postalCode: '70173',
            city: 'Stuttgart',
            street: 'Weg 1',
            phone: '1',
            birthDate: '1940-01-02',
          },
        ],
        nextCursor: null,
      });
    });

    it('may be empty', async () => {
      const { body } = await save({ name: 'Niemand' }).expect(201);
      expect(body.memberCount).toBe(0);
      expect(await membersOf(body.id)).toEqual({ items: [], nextCursor: null });
    });

    it('are refused for unknown or anonymized customers', async () => {
      const gone = await app.records.customer({ customer_number: 'A-2' });
      await anonymize(gone, 'A-2');
      const known = await app.records.customer();
      expect((await save({ name: 'Nie', customerIds: [known, NOBODY] }).expect(404)).body.code).toBe(
        'CUSTOMER_NOT_FOUND',
      );
      expect((await save({ name: 'Nie', customerIds: [known, gone] }).expect(409)).body.code).toBe(
        'CUSTOMER_ANONYMIZED',
      );
      expect((await app.sql.query(`SELECT FROM selection WHERE name = 'Nie'`)).rowCount).toBe(0);
    });
  });

  it.each([
    [{}, 'name'],
    [{ name: ' ' }, 'name'],
    [{ name: 'A', customerIds: ['nonsense'] }, 'customerIds'],
    [{ name: 'A', customerIds: [], criteria: {} }, 'criteria'],
    [{ name: 'A', criteria: null }, 'criteria'],
    [{ name: 'A', criteria: 'all' }, 'criteria'],
    [{ name: 'A', criteria: { status: ['GONE'] } }, 'criteria.status'],
    [{ name: 'A', criteria: { status: [] } }, 'criteria.status'],
    [{ name: 'A', criteria: { bornBefore: '1950-13-01' } }, 'criteria.bornBefore'],
    [{ name: 'A', criteria: { bornAfter: '1950-01-01' } }, 'criteria.bornAfter'],
    [{ name: 'A', criteria: { branchCode: 'NONE' } }, 'criteria.branchCode'],
  ])('are not saved from %j', async (body, field) => {
    expect((await save(body).expect(400)).body).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ field }] });
  });

  describe('by criteria', () => {
    /** The customers of this test by number; each has an address and the given records. */
    const ids = new Map<string, string>();
    const select = async (criteria: object): Promise<string[]> => {
      const { body } = await save({ name: 'Kriterien', criteria }).expect(201);
      const numbers = await numbersOf(body.id);
      expect(body.memberCount).toBe(numbers.length);
      await employee.post('/api/v1/selections/count').send(criteria).expect(200, { count: body.memberCount });
      return numbers.filter((number: string) => ids.has(number));
    };
    const without = (...gone: string[]) => [...ids.keys()].filter((number) => !gone.includes(number)).sort();

    beforeAll(async () => {
      const branchId = await app.records.insert('branch', { code: 'ULM' });
      const customer = async (number: string, values: object = {}, postalCode = '89073') => {
        const id = await app.records.customer({ customer_number: number, branch_id: branchId, ...values });
        await app.records.insert('address', { customer_id: id, postal_code: postalCode });
        await app.records.insert('address', { customer_id: id, type: 'OTHER', postal_code: '10115' });
        ids.set(number, id);
        return { customer_id: id };
      };
      await customer('plain');
      await customer('deceased', { status: 'DECEASED' });
      await customer('deleted', { status: 'DELETED' });
      await customer('elsewhere', {}, '70173');
      await customer('old', { birth_date: '1939-12-31' });
      await customer('young', { birth_date: '1940-01-01' });
      await app.records.insert('invoice', { ...(await customer('invoice')), issued_on: '2024-06-01' });
      await app.records.insert('invoice', {
        ...(await customer('credit')),
        kind: 'CREDIT_NOTE',
        issued_on: '2024-06-02',
      });
      await app.records.insert('invoice', { ...(await customer('before')), issued_on: '2024-05-31' });
      await app.records.insert('invoice', { ...(await customer('draft')), status: 'DRAFT', issued_on: '2024-07-01' });
      await app.records.insert('quote', { ...(await customer('quote')), issued_on: '2024-06-01' });
      await app.records.insert('receipt', { ...(await customer('receipt')), issued_at: '2024-05-31T22:00:00Z' });
      await app.records.insert('receipt', { ...(await customer('receipt before')), issued_at: '2024-05-31T21:59:59Z' });
      await app.records.insert('service_contract', {
        ...(await customer('contract')),
        starts_on: '2024-06-01',
        ends_on: null,
      });
      await app.records.insert('care_case', { ...(await customer('opened')), opened_on: '2024-06-01' });
      await app.records.insert('care_case', {
        ...(await customer('closed')),
        opened_on: '2020-01-01',
        closed_on: '2024-06-01',
      });
      const stock_item_id = await app.records.insert('stock_item');
      await app.records.insert('device_loan', { ...(await customer('loan')), stock_item_id, issued_on: '2024-06-01' });
      const program_id = await app.records.insert('loyalty_program');
      const occurred_at = '2024-06-01T08:00:00Z';
      await app.records.insert('loyalty_transaction', { ...(await customer('points')), program_id, occurred_at });
      await app.records.insert('archive_document', { ...(await customer('document')), created_on: '2024-06-01' });
      await app.records.insert('marketing_consent', {
        ...(await customer('withdrawn')),
        granted_on: '2020-01-01',
        withdrawn_on: '2024-06-01',
      });
      await app.records.insert('cost_bearer_membership', {
        ...(await customer('member')),
        cost_bearer_id: await app.records.insert('cost_bearer'),
        valid_from: '2024-06-01',
      });
      await app.records.insert('customer_card', { ...(await customer('card')), invalidated_on: '2024-06-01' });
      await app.records.insert('program_enrollment', {
        ...(await customer('enrolled')),
        program_id,
        card_id: null,
        starts_on: '2024-06-01',
      });
      await knownSince('2020-01-01', [...ids.values()]);
    });

    it('select customers who match all criteria', async () => {
      expect(await select({ branchCode: 'ULM' })).toEqual(without());
      expect(await select({})).toEqual(without());
      expect(await select({ status: ['DECEASED', 'DELETED'] })).toEqual(['deceased', 'deleted']);
      expect(await select({ postalCodePrefix: '70' })).toEqual(['elsewhere']);
      expect(await select({ postalCodePrefix: '101' })).toEqual([]);
      expect(await select({ postalCodePrefix: '%' })).toEqual([]);
      expect(await select({ bornBefore: '1940-01-01' })).toEqual(['old']);
      expect(await select({ customerNumbers: ['old', 'young', 'nobody has it'] })).toEqual(['old', 'young']);
      expect(await select({ customerNumbers: ['old', 'young'], bornBefore: '1940-01-01' })).toEqual(['old']);
      expect(await select({ customerNumbers: ['old'], status: ['DELETED'] })).toEqual([]);
    });

    it('select by missing records since a day', async () => {
      expect(await select({ noInvoiceSince: '2024-06-01' })).toEqual(without('invoice', 'credit'));
      expect(await select({ noInvoiceSince: '2024-06-02' })).toEqual(without('credit'));
      const contacts = [
        'invoice',
        'credit',
        'quote',
        'receipt',
        'contract',
        'opened',
        'closed',
        'loan',
        'points',
        'document',
        'withdrawn',
        'member',
        'card',
        'enrolled',
      ];
      expect(await select({ noContactSince: '2024-06-01' })).toEqual(without(...contacts));
      expect(await select({ noContactSince: '2024-06-02', branchCode: 'ULM' })).toEqual(without('credit'));
    });

    it('are counted without being saved', async () => {
      const { rowCount } = await app.sql.query('SELECT FROM selection');
      const count = (criteria: object) => employee.post('/api/v1/selections/count').send(criteria);
      await count({ customerNumbers: ['old', 'young', 'nobody has it'] }).expect(200, { count: 2 });
      for (const [criteria, field] of [
        [{ branchCode: 'NONE' }, 'branchCode'],
        [{ status: [] }, 'status'],
        [{ name: 'Beispiel' }, 'name'],
      ] as const)
        expect((await count(criteria).expect(400)).body).toMatchObject({
          code: 'VALIDATION_FAILED',
          errors: [{ field }],
        });
      expect((await app.sql.query('SELECT FROM selection')).rowCount).toBe(rowCount);
    });

    it('are evaluated once', async () => {
      const { body } = await save({ name: 'Einmal', criteria: { customerNumbers: ['old', 'later'] } }).expect(201);
      await app.records.customer({ customer_number: 'later' });
      expect(await numbersOf(body.id)).toEqual(['old']);
    });

    it('never select anonymized customers, who are also removed', async () => {
      const { body } = await save({ name: 'Weniger', criteria: { customerNumbers: ['young', 'plain'] } }).expect(201);
      await anonymize(ids.get('young')!, 'young');
      ids.delete('young');
      expect(await numbersOf(body.id)).toEqual(['plain']);
      const { body: page } = await employee.get('/api/v1/selections?limit=1').expect(200);
      expect(page.items[0]).toMatchObject({ name: 'Weniger', memberCount: 1 });
      const { body: again } = await save({ name: 'Nochmal', criteria: { customerNumbers: ['young', 'plain'] } }).expect(
        201,
      );
      expect(again.memberCount).toBe(1);
    });
  });

  it('are listed newest first, page by page', async () => {
    for (const name of ['L-1', 'L-2', 'L-3']) await save({ name }).expect(201);
    const { body: first } = await employee.get('/api/v1/selections?limit=2').expect(200);
    const { body: second } = await employee.get(`/api/v1/selections?limit=1&cursor=${first.nextCursor}`).expect(200);
    const named = ({ items }: { items: { name: string }[] }) => items.map(({ name }) => name);
    expect([named(first), named(second)]).toEqual([['L-3', 'L-2'], ['L-1']]);
  });

  it('are read individually', async () => {
    const { body } = await save({ name: 'Eine', customerIds: [await app.records.customer()] }).expect(201);
    await employee.get(`/api/v1/selections/${body.id}`).expect(200, body);
    for (const id of ['999999', 'nonsense'])
      expect((await employee.get(`/api/v1/selections/${id}`).expect(404)).body.code).toBe('SELECTION_NOT_FOUND');
  });

  it('show their members page by page', async () => {
    const ids = [await app.records.customer(), await app.records.customer(), await app.records.customer()];
    const { body } = await save({ name: 'Drei', customerIds: ids }).expect(201);
    const first = await membersOf(body.id, '?limit=2');
    const second = await membersOf(body.id, `?limit=2&cursor=${first.nextCursor}`);
    expect([...first.items, ...second.items].map(({ id }: { id: string }) => id)).toEqual(ids.sort());
    expect(second.nextCursor).toBeNull();
    expect((await employee.get('/api/v1/selections/999999/members').expect(404)).body.code).toBe('SELECTION_NOT_FOUND');
    expect((await employee.get('/api/v1/selections/nonsense/members').expect(404)).body.code).toBe(
      'SELECTION_NOT_FOUND',
    );
  });

  it('are forbidden for compliance', async () => {
    const compliance = await app.as('compliance');
    await compliance.get('/api/v1/selections').expect(403);
    await compliance.post('/api/v1/selections').send({ name: 'A' }).expect(403);
  });

  it('can be anonymized', async () => {
    const id = await app.records.customer({ customer_number: 'RUN-1' });
    const { body: selection } = await save({ name: 'Lauf', customerIds: [id] }).expect(201);
    const admin = await app.as('admin');
    const { body: run } = await admin
      .post('/api/v1/anonymization-runs')
      .send({ selectionId: selection.id })
      .expect(202);
    expect((await finishedRun(admin, run.id, 'PREVIEWED')).counts).toMatchObject({ total: 1, ready: 1 });
  });

  it('of many customers are saved in one request', async () => {
    await app.sql.query(`
      INSERT INTO customer (customer_number, branch_id, status, last_name, created_at, updated_at, last_contact_on)
      SELECT 'M-' || n, (SELECT min(id) FROM branch), 'DECEASED', 'Viele', '2000-01-01', '2000-01-01', '2000-01-01'
      FROM generate_series(1, 20000) AS n`);
    const { body } = await save({
      name: 'Viele',
      criteria: { status: ['DECEASED'], noContactSince: '2010-01-01' },
    }).expect(201);
    expect(body.memberCount).toBeGreaterThanOrEqual(20_000);
  });
});
