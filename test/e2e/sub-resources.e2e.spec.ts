import type TestAgent from 'supertest/lib/agent';
import { MASTER, masterData, RECORD_EXAMPLES } from '../support/record-examples';
import { TestApp } from '../support/test-app';

const NOBODY = '01900000-0000-7000-8000-000000000000';

describe('records of a customer', () => {
  let app: TestApp;
  let employee: TestAgent;
  let serial = 0;

  beforeAll(async () => {
    app = await TestApp.start();
    employee = await app.as('employee');
    await masterData(app);
  });
  afterAll(() => app.stop());

  const next = () => String(++serial);
  const urlOf = (customerId: string, path: string) => `/api/v1/customers/${customerId}/${path}`;
  const add = (customerId: string, path: string, body: object) => employee.post(urlOf(customerId, path)).send(body);
  const list = (customerId: string, path: string, page = '') => employee.get(urlOf(customerId, path) + page);
  const refused = async (customerId: string, path: string, body: object, field: string, code: string) => {
    const response = await add(customerId, path, body);
    expect(response.body).toMatchObject({ status: 400, code: 'VALIDATION_FAILED', errors: [{ field, code }] });
  };
  const anonymized = async () => {
    const customer_number = `FORGOTTEN-${next()}`;
    const id = await app.records.customer({ customer_number });
    return {
      id,
      forget: async () =>
        (await app.as('admin'))
          .post(`/api/v1/customers/${id}/anonymization`)
          .send({ confirmation: customer_number, reason: 'ERASURE_REQUEST' })
          .expect(200),
    };
  };

  describe.each(RECORD_EXAMPLES)('$path', ({ path, full, required, shown, defaults, references }) => {
    it('are added with every column, and listed', async () => {
      const customerId = await app.records.customer();
      const body = full(next());
      const { body: added } = await add(customerId, path, body).expect(201);
      expect(added).toEqual({ id: expect.stringMatching(/^\d+$/), ...body, ...shown });
      const { body: listed } = await list(customerId, path).expect(200);
      expect(listed).toEqual({ items: [added], nextCursor: null });
    });

    it('are added with the required columns only', async () => {
      const customerId = await app.records.customer();
      const body = full(next());
      const least = Object.fromEntries(required.map((name) => [name, body[name]]));
      const draft = path === 'invoices' ? { status: 'DRAFT' } : {};
      const { body: added } = await add(customerId, path, { ...least, ...draft }).expect(201);
      const numbered = { number: path === 'invoices' ? null : expect.stringMatching(/^[A-Z]-\d{6}$/) };
      for (const name of Object.keys(body)) {
        if (name === 'lines') continue;
        const expected = { ...(name === 'number' ? numbered : {}), ...defaults, ...least, ...draft } as object;
        expect([name, added[name]]).toEqual([name, (expected as Record<string, unknown>)[name] ?? null]);
      }
    });

    it.each(required)('not without %s', async (name) => {
      const { [name]: left, ...rest } = full(next());
      const { body } = await add(await app.records.customer(), path, rest).expect(400);
      expect([left !== undefined, body.code, body.errors.map(({ field }: { field: string }) => field)]).toEqual([
        true,
        'VALIDATION_FAILED',
        [name],
      ]);
    });

    it('not with invalid values', async () => {
      const customerId = await app.records.customer();
      const body = full(next());
      await refused(customerId, path, { ...body, surprise: 1 }, 'surprise', 'UNKNOWN_FIELD');
      for (const [name, value] of Object.entries(body)) {
        const wrong = typeof value === 'string' || value === null ? 'x'.repeat(2_001) : 'none';
        const response = await add(customerId, path, { ...body, [name]: wrong });
        expect([name, response.status, response.body.code]).toEqual([name, 400, 'VALIDATION_FAILED']);
      }
      expect((await list(customerId, path)).body.items).toEqual([]);
    });

    const named = Object.entries(references ?? {});
    if (named.length > 0)
      it.each(named)('not with an unknown %s', async (name, nothing) => {
        await refused(
          await app.records.customer(),
          path,
          { ...full(next()), [name]: nothing },
          name,
          'UNKNOWN_REFERENCE',
        );
      });

    it('are paged', async () => {
      const customerId = await app.records.customer();
      const ids: string[] = [];
      for (let n = 0; n < 3; n++) ids.push((await add(customerId, path, full(next())).expect(201)).body.id);
      const { body: first } = await list(customerId, path, '?limit=2').expect(200);
      const { body: second } = await list(customerId, path, `?limit=2&cursor=${first.nextCursor}`).expect(200);
      expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids);
      expect(second.nextCursor).toBeNull();
      await list(customerId, path, '?cursor=nonsense').expect(400);
    });

    it('belong to one customer', async () => {
      const customerId = await app.records.customer();
      await add(customerId, path, full(next())).expect(201);
      expect((await list(await app.records.customer(), path)).body.items).toEqual([]);
    });

    it('of an unknown customer are not found', async () => {
      for (const id of [NOBODY, 'nonsense']) {
        expect((await list(id, path).expect(404)).body.code).toBe('CUSTOMER_NOT_FOUND');
        expect((await add(id, path, full(next())).expect(404)).body.code).toBe('CUSTOMER_NOT_FOUND');
      }
    });

    it('of an anonymized customer show what remains, and none can be added', async () => {
      const { id, forget } = await anonymized();
      const settled = path === 'invoices' ? { gross: 0 } : {};
      await add(id, path, { ...full(next()), ...settled }).expect(201);
      await forget();
      const { body } = await add(id, path, full(next())).expect(409);
      expect(body.code).toBe('CUSTOMER_ANONYMIZED');
      const left = JSON.stringify((await list(id, path).expect(200)).body.items);
      expect(left).not.toMatch(/Erika|Frau|Otto|DE02|0711|M123|eilig|gefällt/);
    });

    it('of a merged customer belong to the target now', async () => {
      const [source, target] = [await app.records.customer(), await app.records.customer()];
      await add(source, path, full(next())).expect(201);
      await (
        await app.as('admin')
      )
        .post(`/api/v1/customers/${source}/merge`)
        .send({ intoCustomerId: target })
        .expect((response) => expect(response.status).toBeLessThan(300));
      expect((await add(source, path, full(next())).expect(409)).body.code).toBe('CUSTOMER_MERGED');
      expect((await list(target, path)).body.items).toHaveLength(1);
    });
  });

  it.each(['invoices', 'quotes', 'receipts', 'service-contracts', 'care-cases', 'cards'])(
    'the number of %s is unique',
    async (path) => {
      const { full } = RECORD_EXAMPLES.find((example) => example.path === path)!;
      const body = full(next());
      await add(await app.records.customer(), path, body).expect(201);
      await refused(await app.records.customer(), path, body, 'number', 'DUPLICATE');
    },
  );

  it('a customer has one residential address', async () => {
    const customerId = await app.records.customer();
    await add(customerId, 'addresses', { type: 'RESIDENTIAL' }).expect(201);
    await refused(customerId, 'addresses', { type: 'RESIDENTIAL' }, 'type', 'DUPLICATE');
  });

  it('a customer has one bank account per position, and one relationship per kind', async () => {
    const customerId = await app.records.customer();
    await add(customerId, 'bank-accounts', { position: 1 }).expect(201);
    await refused(customerId, 'bank-accounts', { position: 1 }, 'position', 'DUPLICATE');
    const child = { relatedCustomerNumber: MASTER.relatedCustomerNumber, kind: 'CHILD' };
    await add(customerId, 'relationships', child).expect(201);
    await refused(customerId, 'relationships', child, 'relatedCustomerNumber', 'DUPLICATE');
  });

  it('a relationship to oneself or to an anonymized customer is refused', async () => {
    const customerId = await app.records.customer({ customer_number: 'SELF' });
    const kind = 'SELF';
    await refused(
      customerId,
      'relationships',
      { relatedCustomerNumber: 'SELF', kind },
      'relatedCustomerNumber',
      'NOT_ALLOWED',
    );
    const { id, forget } = await anonymized();
    await forget();
    const { rows } = await app.sql.query('SELECT customer_number FROM customer WHERE id = $1', [id]);
    const { body } = await add(customerId, 'relationships', { relatedCustomerNumber: rows[0].customer_number, kind });
    expect(body).toMatchObject({ status: 409, code: 'CUSTOMER_ANONYMIZED' });
  });

  it('customers are found by new addresses and cards', async () => {
    const customerId = await app.records.customer();
    const found = async (search: string) =>
      (await employee.post('/api/v1/customers/search').send({ search }).expect(200)).body.items.map(
        ({ id }: { id: string }) => id,
      );
    await add(customerId, 'addresses', { type: 'RESIDENTIAL', city: 'Hintertupfingen' }).expect(201);
    await add(customerId, 'cards', { number: 'BK-990077' }).expect(201);
    expect(await found('hintertupf')).toEqual([customerId]);
    expect(await found('BK-990077')).toEqual([customerId]);
    expect(await found('990077')).toEqual([customerId]);
  });

  describe('references to records of the same customer', () => {
    it.each([
      ['invoices', 'careCaseNumber', 'care_case', 'number'],
      ['invoices', 'creditsNumber', 'invoice', 'number'],
      ['enrollments', 'cardNumber', 'customer_card', 'number'],
      ['device-loans', 'serialNumber', 'stock_item', 'serial_number'],
    ])('%s.%s cannot be another customer’s', async (path, name, table, column) => {
      const [customerId, other] = [await app.records.customer(), await app.records.customer()];
      const { full } = RECORD_EXAMPLES.find((example) => example.path === path)!;
      const key = `KEY-${next()}`;
      await app.records.insert(table, { customer_id: other, [column]: key });
      const kind = name === 'creditsNumber' ? { kind: 'CREDIT_NOTE' } : {};
      await refused(customerId, path, { ...full(next()), ...kind, [name]: key }, name, 'OTHER_CUSTOMER');
      const own = `KEY-${next()}`;
      await app.records.insert(table, { customer_id: customerId, [column]: own });
      const { body } = await add(customerId, path, { ...full(next()), ...kind, [name]: own }).expect(201);
      expect(body[name]).toBe(own);
    });

    it('all unknown references are reported at once', async () => {
      const { full } = RECORD_EXAMPLES.find(({ path }) => path === 'invoices')!;
      const { body } = await add(await app.records.customer(), 'invoices', {
        ...full(next()),
        branchCode: 'X',
        costBearerIk: 'Y',
      }).expect(400);
      expect(body.errors).toEqual([
        { field: 'branchCode', code: 'UNKNOWN_REFERENCE' },
        { field: 'costBearerIk', code: 'UNKNOWN_REFERENCE' },
      ]);
    });
  });

  describe('invoices', () => {
    const invoice = { branchCode: MASTER.branchCode, kind: 'INVOICE', status: 'ISSUED', issuedOn: '2026-03-01' };
    const money = { net: 10000, tax: 1900, gross: 11900 };
    const draft = { ...invoice, ...money, status: 'DRAFT' };

    it('an issued invoice requires a date', async () => {
      const customerId = await app.records.customer();
      await refused(customerId, 'invoices', { ...invoice, ...money, issuedOn: null }, 'issuedOn', 'REQUIRED');
    });

    it('a credit note credits an issued invoice', async () => {
      const customerId = await app.records.customer();
      const number = async (fields: object) =>
        (await add(customerId, 'invoices', { ...invoice, ...money, ...fields }).expect(201)).body.number as string;
      const issued = await number({});
      const drafted = await number({ status: 'DRAFT', number: `D-${next()}` });
      const credit = await number({ kind: 'CREDIT_NOTE', creditsNumber: issued });
      const note = { ...invoice, ...money, kind: 'CREDIT_NOTE' };
      const at = 'creditsNumber';
      await refused(customerId, 'invoices', { ...note, [at]: credit }, at, 'CREDITS_A_CREDIT_NOTE');
      await refused(customerId, 'invoices', { ...note, [at]: drafted }, at, 'INVOICE_NOT_ISSUED');
      await refused(customerId, 'invoices', { ...invoice, ...money, [at]: issued }, at, 'NOT_ALLOWED');
      const { body } = await add(customerId, 'invoices', { ...note, [at]: issued }).expect(409);
      expect(body.code).toBe('OVER_CREDITED');
      await add(customerId, 'invoices', { ...note, status: 'DRAFT', [at]: issued }).expect(201);
      await add(customerId, 'invoices', note).expect(201); // owed to the customer
    });

    it('lines are numbered, and positions are unique', async () => {
      const customerId = await app.records.customer();
      const lines = [{ amount: 1 }, { position: 7, amount: 2 }, { amount: 3, quantity: 2.5 }];
      const { body } = await add(customerId, 'invoices', { ...draft, lines }).expect(201);
      expect(body.lines.map(({ position, quantity, amount }: never) => [position, quantity, amount])).toEqual([
        [1, 1, 1],
        [7, 1, 2],
        [8, 2.5, 3],
      ]);
      const twice = [{ amount: 1 }, { position: 1, amount: 2 }];
      await refused(customerId, 'invoices', { ...draft, lines: twice }, 'lines.1.position', 'DUPLICATE');
      await refused(customerId, 'invoices', { ...draft, lines: [{}] }, 'lines.0.amount', 'IS_INT');
    });

    it('are numbered without gaps per branch, kind and year of issue, even when many are issued at once', async () => {
      await app.records.insert('branch', { code: 'ULM', name: 'Ulm' });
      const customerId = await app.records.customer();
      const issue = (fields: object) =>
        add(customerId, 'invoices', { ...invoice, ...money, branchCode: 'ULM', ...fields });
      const { body: first } = await issue({}).expect(201);
      expect(first.number).toBe('ULM-R2026-000001');
      expect((await issue({ issuedOn: '2025-12-31' }).expect(201)).body.number).toBe('ULM-R2025-000001');
      expect((await issue({ kind: 'CREDIT_NOTE' }).expect(201)).body.number).toBe('ULM-G2026-000001');
      await issue({ number: 'ULM-R2026-000003' }).expect(201); // a number from the caller
      await issue({
        lines: [
          { position: 1, amount: 1 },
          { position: 1, amount: 1 },
        ],
      }).expect(400);
      await issue({ remark: 'x', creditsNumber: first.number }).expect(400);
      const many = await Promise.all(Array.from({ length: 8 }, async () => (await issue({}).expect(201)).body.number));
      expect(many.sort()).toEqual(
        [2, 4, 5, 6, 7, 8, 9, 10].map((n) => `ULM-R2026-${String(n).padStart(6, '0')}`).sort(),
      );
    });

    it('a number is reused if its document is not stored', async () => {
      const customerId = await app.records.customer();
      await app.records.insert('branch', { code: 'FN', name: 'Friedrichshafen' });
      // only the database refuses this remark
      await app.sql.query(`ALTER TABLE invoice ADD CONSTRAINT unwelcome CHECK (remark <> 'unwelcome')`);
      const body = { ...invoice, ...money, branchCode: 'FN' };
      await add(customerId, 'invoices', { ...body, remark: 'unwelcome' }).expect(500);
      await app.sql.query('ALTER TABLE invoice DROP CONSTRAINT unwelcome');
      expect((await add(customerId, 'invoices', body).expect(201)).body.number).toBe('FN-R2026-000001');
    });

    it('show the open balance of their group today', async () => {
      app.clock.set('2026-06-15T10:00:00Z');
      employee = await app.as('employee');
      const customerId = await app.records.customer();
      const { body: issued } = await add(customerId, 'invoices', { ...invoice, ...money }).expect(201);
      const note = { ...invoice, net: 1000, tax: 190, gross: 1190, kind: 'CREDIT_NOTE', creditsNumber: issued.number };
      await add(customerId, 'invoices', note).expect(201);
      await add(customerId, 'invoices', draft).expect(201);
      const pay = (amount: number, paid_on: string, kind = 'PAYMENT') =>
        app.records.insert('payment', { customer_id: customerId, invoice_id: issued.id, amount, paid_on, kind });
      await pay(10000, '2026-06-15');
      await pay(710, '2026-06-16'); // tomorrow
      await pay(5, '2026-06-01', 'REFUND');
      const balances = (await list(customerId, 'invoices')).body.items.map(({ balance }: never) => balance);
      expect(balances).toEqual([715, 715, 0]);
      app.clock.set(null);
      employee = await app.as('employee');
    });
  });

  describe('device loans', () => {
    const loan = (serialNumber: string) => ({ serialNumber, kind: 'TRIAL', issuedOn: '2026-01-01' });
    const stock = async (serial_number: string) =>
      (
        await app.sql.query('SELECT owner, status, customer_id, owner_name FROM stock_item WHERE serial_number = $1', [
          serial_number,
        ])
      ).rows[0];

    it('the stock knows which customer has the device, which cannot be lent again', async () => {
      const [one, other] = [await app.records.customer(), await app.records.customer()];
      await app.records.insert('stock_item', { serial_number: 'SN-ONE' });
      await add(one, 'device-loans', loan('SN-ONE')).expect(201);
      expect(await stock('SN-ONE')).toEqual({
        owner: 'SHOP',
        status: 'AT_CUSTOMER',
        customer_id: one,
        owner_name: null,
      });
      await refused(other, 'device-loans', loan('SN-ONE'), 'serialNumber', 'OTHER_CUSTOMER');
    });

    it('two concurrent customers get one device once', async () => {
      await app.records.insert('stock_item', { serial_number: 'SN-RACE' });
      const customers: string[] = [];
      for (let n = 0; n < 6; n++) customers.push(await app.records.customer());
      const answers = await Promise.all(customers.map((id) => add(id, 'device-loans', loan('SN-RACE'))));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 400, 400, 400, 400, 400]);
    });

    it('a resolution and its date require each other', async () => {
      const customerId = await app.records.customer();
      const body = loan(`SN-${next()}`);
      await refused(customerId, 'device-loans', { ...body, resolution: 'SOLD' }, 'resolvedOn', 'REQUIRED');
      await refused(customerId, 'device-loans', { ...body, resolvedOn: '2026-01-02' }, 'resolution', 'REQUIRED');
    });
  });
});
