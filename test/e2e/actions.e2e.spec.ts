import type TestAgent from 'supertest/lib/agent';
import { CANARY } from '../support/canary';
import type { Blocker } from '../../src/kernel/blocker';
import { MASTER, masterData } from '../support/record-examples';
import { TestApp } from '../support/test-app';
import { waitForLocksWithoutEnd } from '../support/patient-locks';
import { until } from '../support/until';

const NOW = '2026-06-15T10:00:00Z';
const TODAY = '2026-06-15';
const TOMORROW = '2026-06-16';
const YESTERDAY = '2026-06-14';

describe('actions that clear blockers', () => {
  let app: TestApp;
  let employee: TestAgent;
  let admin: TestAgent;
  let customerId: string;
  let serial = 0;

  beforeAll(async () => {
    app = await TestApp.start();
    app.clock.set(NOW);
    employee = await app.as('employee');
    admin = await app.as('admin');
    await masterData(app);
  });
  afterAll(() => app.stop());
  beforeEach(async () => {
    customerId = await app.records.customer();
  });

  const add = async (path: string, body: object) =>
    (await employee.post(`/api/v1/customers/${customerId}/${path}`).send(body).expect(201)).body;
  const act = (path: string, id: string, action: string, body?: object) => {
    const request = employee.post(`/api/v1/${path}/${id}/${action}`);
    return body === undefined ? request : request.send(body);
  };
  const done = async (path: string, id: string, action: string, body?: object) => {
    const response = await act(path, id, action, body);
    expect([response.status, response.body]).toEqual([200, expect.objectContaining({ id: expect.any(String) })]);
    return response.body;
  };
  const refused = async (code: string, path: string, id: string, action: string, body?: object) => {
    const response = await act(path, id, action, body);
    expect(response.body).toMatchObject({ status: code === 'VALIDATION_FAILED' ? 400 : 409, code });
  };
  const blockers = async () => {
    const { body } = await admin.post(`/api/v1/customers/${customerId}/anonymization/preview`).expect(200);
    return (body.blockers as Blocker[]).map(({ code, clearsOn }) => [code, clearsOn]);
  };
  const shown = async (path: string, id: string) => {
    const { body } = await employee.get(`/api/v1/customers/${customerId}/${path}`).expect(200);
    return body.items.find((item: { id: string }) => item.id === id);
  };

  describe('on invoices', () => {
    const INVOICE = {
      branchCode: MASTER.branchCode,
      kind: 'INVOICE',
      status: 'ISSUED',
      issuedOn: '2025-01-10',
      net: 10000,
      tax: 1900,
      gross: 11900,
    };
    const invoice = (fields: object = {}) => add('invoices', { ...INVOICE, ...fields });
    const pay = (id: string, body: object) => done('invoices', id, 'payments', { kind: 'PAYMENT', ...body });

    it('two partial payments settle an invoice, dated today', async () => {
      const { id } = await invoice();
      expect(await blockers()).toEqual([['UNPAID_INVOICE', null]]);
      const part = {
        amount: 5000,
        method: 'CASH',
        payerName: `Otto ${CANARY}`,
        iban: 'DE02 1203',
        reference: 'Anzahlung',
      };
      const after = await pay(id, part);
      expect(after).toMatchObject({ id, balance: 6900 });
      expect(after.payments).toEqual([{ ...part, id: expect.any(String), kind: 'PAYMENT', paidOn: TODAY }]);
      expect(await pay(id, { amount: 6900, paidOn: '2025-02-01' })).toMatchObject({ balance: 0 });
      expect(await blockers()).toEqual([]);
    });

    it('refunds, write-offs and tomorrow’s payments count according to the rule', async () => {
      const { id } = await invoice();
      await pay(id, { amount: 12000 });
      expect(await blockers()).toEqual([['UNPAID_INVOICE', null]]);
      expect(await pay(id, { kind: 'REFUND', amount: 200 })).toMatchObject({ balance: 100 });
      expect(await pay(id, { kind: 'PAYMENT', amount: 100, paidOn: TOMORROW })).toMatchObject({ balance: 100 });
      expect(await pay(id, { kind: 'WRITE_OFF', amount: 100 })).toMatchObject({ balance: 0 });
      expect(await blockers()).toEqual([]);
    });

    it.each([
      [{ kind: 'PAYMENT', amount: 0 }, 'amount'],
      [{ kind: 'PAYMENT', amount: -1 }, 'amount'],
      [{ kind: 'PAYMENT', amount: 1.5 }, 'amount'],
      [{ kind: 'PAYMENT' }, 'amount'],
      [{ kind: 'GIFT', amount: 1 }, 'kind'],
      [{ kind: 'PAYMENT', amount: 1, method: 'GOLD' }, 'method'],
      [{ kind: 'PAYMENT', amount: 1, paidOn: '2026-02-30' }, 'paidOn'],
      [{ kind: 'PAYMENT', amount: 1, invoiceNumber: 'R-1' }, 'invoiceNumber'],
    ])('refuses an invalid payment (%#)', async (body, field) => {
      const { id } = await invoice();
      const { body: problem } = await act('invoices', id, 'payments', body).expect(400);
      expect(problem.errors).toEqual([{ field, code: expect.any(String) }]);
    });

    it('a draft accepts neither payments nor credits', async () => {
      const { id } = await invoice({ status: 'DRAFT' });
      await refused('INVOICE_NOT_ISSUED', 'invoices', id, 'payments', { kind: 'PAYMENT', amount: 1 });
      await refused('NOT_CREDITABLE', 'invoices', id, 'credit');
    });

    it('a draft is issued once, with a number and 14 days to pay', async () => {
      const { id } = await invoice({ status: 'DRAFT', issuedOn: null });
      expect(await done('invoices', id, 'issue')).toMatchObject({
        status: 'ISSUED',
        number: `${MASTER.branchCode}-R2026-000001`,
        issuedOn: TODAY,
        dueOn: '2026-06-29',
        balance: 11900,
      });
      await refused('INVOICE_ALREADY_ISSUED', 'invoices', id, 'issue');
      const { id: prepared } = await invoice({
        status: 'DRAFT',
        issuedOn: '2024-12-31',
        dueOn: '2025-01-31',
        number: 'OWN-1',
      });
      expect(await done('invoices', prepared, 'issue')).toMatchObject({
        issuedOn: '2024-12-31',
        dueOn: '2025-01-31',
        number: 'OWN-1',
      });
    });

    it('a draft issued by several concurrent requests is issued once', async () => {
      const { id } = await invoice({ status: 'DRAFT', issuedOn: '2023-05-05' });
      const answers = await Promise.all(Array.from({ length: 6 }, () => act('invoices', id, 'issue')));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
      const { id: next } = await invoice({ status: 'DRAFT', issuedOn: '2023-05-06' });
      expect((await done('invoices', next, 'issue')).number).toBe(`${MASTER.branchCode}-R2023-000002`);
    });

    it('a credit note over the full amount settles, and has a number of its own', async () => {
      const { id, number } = await invoice({ recipientName: 'Erika Beispiel' });
      const note = await done('invoices', id, 'credit', { issuedOn: '2025-03-01' });
      expect(note).toMatchObject({
        kind: 'CREDIT_NOTE',
        creditsNumber: number,
        number: `${MASTER.branchCode}-G2025-000001`,
        status: 'ISSUED',
        issuedOn: '2025-03-01',
        recipientName: 'Erika Beispiel',
        net: 10000,
        tax: 1900,
        gross: 11900,
        balance: 0,
      });
      expect(await shown('invoices', id)).toMatchObject({ balance: 0 });
      expect(await blockers()).toEqual([]);
      await refused('OVER_CREDITED', 'invoices', id, 'credit');
      await refused('OVER_CREDITED', 'invoices', id, 'credit', { amount: 1 });
      await refused('NOT_CREDITABLE', 'invoices', note.id, 'credit');
    });

    it('partial credits add up to the invoice to the cent', async () => {
      const { id } = await invoice({ net: 8403, tax: 1597, gross: 10000 });
      const parts = [];
      for (const amount of [3333, 3333, undefined]) parts.push(await done('invoices', id, 'credit', { amount }));
      expect(parts.map(({ net, tax, gross }) => [net, tax, gross])).toEqual([
        [2801, 532, 3333],
        [2801, 532, 3333],
        [2801, 533, 3334],
      ]);
      expect(parts[2].balance).toBe(0);
    });

    it('a credit note of today blocks for six months', async () => {
      const { id } = await invoice();
      expect((await done('invoices', id, 'credit')).issuedOn).toBe(TODAY);
      expect(await blockers()).toEqual([['RECENT_INVOICE', '2026-12-15']]);
    });

    it('a draft of a credit note is issued only within the amount of its invoice', async () => {
      const { id, number } = await invoice();
      const draft = () => invoice({ kind: 'CREDIT_NOTE', status: 'DRAFT', issuedOn: null, creditsNumber: number });
      const [one, other] = [await draft(), await draft()];
      expect(await done('invoices', one.id, 'issue')).toMatchObject({ dueOn: null, balance: 0 });
      await refused('OVER_CREDITED', 'invoices', other.id, 'issue');
      expect(await shown('invoices', id)).toMatchObject({ balance: 0 });
    });

    it('concurrent credits never exceed the invoice', async () => {
      const { id, number } = await invoice();
      const note = { ...INVOICE, kind: 'CREDIT_NOTE', creditsNumber: number, net: 4000, tax: 760, gross: 4760 };
      const answers = await Promise.all([
        ...Array.from({ length: 5 }, () => act('invoices', id, 'credit', { amount: 4760 })),
        ...Array.from({ length: 3 }, () => employee.post(`/api/v1/customers/${customerId}/invoices`).send(note)),
      ]);
      expect(answers.map(({ status }) => (status < 300 ? 'credited' : status)).sort()).toEqual([
        ...Array<number>(6).fill(409),
        'credited',
        'credited',
      ]);
      expect(await shown('invoices', id)).toMatchObject({ balance: 11900 - 2 * 4760 });
    });

    it('concurrent payments are all booked', async () => {
      const { id } = await invoice();
      await Promise.all(Array.from({ length: 7 }, () => pay(id, { amount: 1700 })));
      expect(await shown('invoices', id)).toMatchObject({ balance: 0 });
      expect(await blockers()).toEqual([]);
    });
  });

  it('an open quote is ended', async () => {
    const quote = { branchCode: MASTER.branchCode, status: 'OPEN', issuedOn: '2026-01-01', gross: 1 };
    const { id } = await add('quotes', quote);
    expect(await done('quotes', id, 'end')).toMatchObject({ status: 'ENDED', endedOn: TODAY, endReason: 'EMPLOYEE' });
    await refused('QUOTE_NOT_OPEN', 'quotes', id, 'end');
    const { id: accepted } = await add('quotes', { ...quote, status: 'ACCEPTED' });
    await refused('QUOTE_NOT_OPEN', 'quotes', accepted, 'end');
  });

  describe('on service contracts', () => {
    const contract = (fields: object = {}) =>
      add('service-contracts', { status: 'SIGNED', startsOn: '2025-01-01', autoRenew: true, ...fields });

    it('a draft is signed, and then active', async () => {
      const { id } = await contract({ status: 'DRAFT' });
      await refused('CONTRACT_NOT_SIGNED', 'service-contracts', id, 'terminate', { effectiveOn: TODAY });
      expect(await blockers()).toEqual([]);
      expect(await done('service-contracts', id, 'sign')).toMatchObject({ status: 'SIGNED', effectiveEnd: null });
      expect(await blockers()).toEqual([['RUNNING_SERVICE_CONTRACT', null]]);
      await refused('CONTRACT_NOT_DRAFT', 'service-contracts', id, 'sign');
    });

    it('is terminated as of a day, which can be corrected until then', async () => {
      const { id } = await contract();
      await refused('VALIDATION_FAILED', 'service-contracts', id, 'terminate', {});
      expect(await done('service-contracts', id, 'terminate', { effectiveOn: '2026-12-31' })).toMatchObject({
        terminationEffectiveOn: '2026-12-31',
        effectiveEnd: '2026-12-31',
      });
      expect(await blockers()).toEqual([['RUNNING_SERVICE_CONTRACT', '2027-01-01']]);
      await done('service-contracts', id, 'terminate', { effectiveOn: YESTERDAY });
      expect(await blockers()).toEqual([]);
      await refused('CONTRACT_ENDED', 'service-contracts', id, 'terminate', { effectiveOn: TOMORROW });
    });

    it('one that has ended cannot be terminated', async () => {
      const { id } = await contract({ autoRenew: false, endsOn: YESTERDAY });
      await refused('CONTRACT_ENDED', 'service-contracts', id, 'terminate', { effectiveOn: TOMORROW });
    });

    it('is voided once', async () => {
      const { id } = await contract();
      expect(await done('service-contracts', id, 'void')).toMatchObject({ voidedOn: TODAY, effectiveEnd: null });
      expect(await blockers()).toEqual([]);
      await refused('CONTRACT_VOIDED', 'service-contracts', id, 'void');
      await refused('CONTRACT_VOIDED', 'service-contracts', id, 'terminate', { effectiveOn: TODAY });
      const { id: draft } = await contract({ status: 'DRAFT' });
      await done('service-contracts', draft, 'void');
      await refused('CONTRACT_VOIDED', 'service-contracts', draft, 'sign');
    });
  });

  it.each([
    ['complete', 'COMPLETED'],
    ['cancel', 'CANCELLED'],
  ])('an open care case is closed: %s', async (action, status) => {
    const open = { branchCode: MASTER.branchCode, type: 'REPAIR', status: 'OPEN', openedOn: '2026-01-01' };
    const [{ id }, { id: other }] = [await add('care-cases', open), await add('care-cases', open)];
    expect(await blockers()).toEqual([
      ['OPEN_CARE_CASE', null],
      ['OPEN_CARE_CASE', null],
    ]);
    expect(await done('care-cases', id, action)).toMatchObject({ status, closedOn: TODAY });
    expect(await done('care-cases', other, action, { on: '2026-02-01' })).toMatchObject({
      status,
      closedOn: '2026-02-01',
    });
    expect(await blockers()).toEqual([]);
    for (const again of ['complete', 'cancel']) await refused('CARE_CASE_CLOSED', 'care-cases', id, again);
    await refused('VALIDATION_FAILED', 'care-cases', id, action, { on: 'today' });
  });

  describe('on device loans', () => {
    const lend = () => add('device-loans', { serialNumber: `SN-${++serial}`, kind: 'TRIAL', issuedOn: '2026-05-01' });
    const stock = async (serialNumber: string) =>
      (
        await app.sql.query(
          'SELECT owner, status, customer_id AS "customerId", owner_name AS "ownerName" FROM stock_item WHERE serial_number = $1',
          [serialNumber],
        )
      ).rows[0];

    it.each([
      ['RETURNED', () => ({ owner: 'SHOP', status: 'IN_STOCK', customerId: null, ownerName: null })],
      ['SOLD', () => ({ owner: 'CUSTOMER', status: 'AT_CUSTOMER', customerId, ownerName: `Erika ${CANARY}` })],
      ['WRITTEN_OFF', () => ({ owner: 'SHOP', status: 'AT_CUSTOMER', customerId, ownerName: null })],
    ])('%s, and the stock item follows', async (resolution, expected) => {
      const { id, serialNumber } = await lend();
      expect(await blockers()).toEqual([['UNRETURNED_TRIAL_DEVICE', null]]);
      expect(await done('device-loans', id, 'resolve', { resolution })).toMatchObject({
        resolution,
        resolvedOn: TODAY,
      });
      expect(await stock(serialNumber)).toEqual(expected());
      expect(await blockers()).toEqual([]);
      await refused('DEVICE_LOAN_RESOLVED', 'device-loans', id, 'resolve', { resolution: 'RETURNED' });
    });

    it('an announced return does not count yet, and can be corrected', async () => {
      const { id } = await lend();
      await done('device-loans', id, 'resolve', { resolution: 'RETURNED', resolvedOn: TOMORROW });
      expect(await blockers()).toEqual([['UNRETURNED_TRIAL_DEVICE', TOMORROW]]);
      await done('device-loans', id, 'resolve', { resolution: 'SOLD' });
      expect(await blockers()).toEqual([]);
    });

    it('a device that another customer has by now stays there', async () => {
      const { id, serialNumber } = await lend();
      const other = await app.records.customer();
      await app.sql.query('UPDATE stock_item SET customer_id = $1 WHERE serial_number = $2', [other, serialNumber]);
      await done('device-loans', id, 'resolve', { resolution: 'RETURNED' });
      expect(await stock(serialNumber)).toMatchObject({ customerId: other, status: 'AT_CUSTOMER' });
    });

    it('refuses resolutions that are not listed', async () => {
      const { id } = await lend();
      for (const body of [{}, { resolution: 'LOST' }, { resolution: 'SOLD', resolvedOn: '1.1.2026' }])
        await refused('VALIDATION_FAILED', 'device-loans', id, 'resolve', body);
    });
  });

  describe('on cards and enrollments', () => {
    const enrolled = async (fields: object = {}) => {
      const card = await add('cards', { number: `CARD-${++serial}` });
      const enrollment = await add('enrollments', {
        programCode: MASTER.programCode,
        cardNumber: card.number,
        startsOn: '2025-01-01',
        ...fields,
      });
      return { card, enrollment };
    };

    it('a card is invalidated', async () => {
      const { card } = await enrolled();
      expect(await blockers()).toEqual([['ACTIVE_PROGRAM_CARD', null]]);
      expect(await done('cards', card.id, 'invalidate', { on: TOMORROW })).toMatchObject({ invalidatedOn: TOMORROW });
      expect(await done('cards', card.id, 'invalidate')).toMatchObject({ number: card.number, invalidatedOn: TODAY });
      expect(await blockers()).toEqual([]);
      await refused('CARD_INVALIDATED', 'cards', card.id, 'invalidate');
    });

    it('an enrollment is ended; the given day is its last one', async () => {
      const { enrollment } = await enrolled({ endsOn: '2030-12-31' });
      expect(await done('enrollments', enrollment.id, 'end')).toMatchObject({ endsOn: TODAY });
      expect(await blockers()).toEqual([['ACTIVE_PROGRAM_CARD', TOMORROW]]);
      expect(await done('enrollments', enrollment.id, 'end', { on: YESTERDAY })).toMatchObject({ endsOn: YESTERDAY });
      expect(await blockers()).toEqual([]);
      await refused('ENROLLMENT_ENDED', 'enrollments', enrollment.id, 'end');
    });
  });

  it.each<[string, string, string, object?]>([
    ['invoices', 'payments', 'INVOICE_NOT_FOUND', { kind: 'PAYMENT', amount: 1 }],
    ['invoices', 'credit', 'INVOICE_NOT_FOUND'],
    ['invoices', 'issue', 'INVOICE_NOT_FOUND'],
    ['quotes', 'end', 'QUOTE_NOT_FOUND'],
    ['service-contracts', 'sign', 'SERVICE_CONTRACT_NOT_FOUND'],
    ['service-contracts', 'void', 'SERVICE_CONTRACT_NOT_FOUND'],
    ['service-contracts', 'terminate', 'SERVICE_CONTRACT_NOT_FOUND', { effectiveOn: TODAY }],
    ['care-cases', 'complete', 'CARE_CASE_NOT_FOUND'],
    ['care-cases', 'cancel', 'CARE_CASE_NOT_FOUND'],
    ['device-loans', 'resolve', 'DEVICE_LOAN_NOT_FOUND', { resolution: 'SOLD' }],
    ['cards', 'invalidate', 'CARD_NOT_FOUND'],
    ['enrollments', 'end', 'ENROLLMENT_NOT_FOUND'],
  ])('%s/:id/%s for an unknown record: %s', async (path, action, code, body = {}) => {
    for (const id of ['999999999', 'nonsense'])
      expect((await act(path, id, action, body).expect(404)).body.code).toBe(code);
  });

  it('a record of a customer who is being anonymized is not changed', async () => {
    const { id } = await add('care-cases', {
      branchCode: MASTER.branchCode,
      type: 'REPAIR',
      status: 'OPEN',
      openedOn: '2026-01-01',
    });
    const other = await app.database.look();
    await other.query('BEGIN');
    await other.query('ALTER TABLE customer DISABLE TRIGGER prove_anonymization'); // without audit entries
    await other.query('SELECT FROM customer WHERE id = $1 FOR UPDATE', [customerId]);
    const patience = waitForLocksWithoutEnd(app);
    const answer = act('care-cases', id, 'complete').then((response) => response);
    const waiting = `SELECT FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))`;
    await until('it waits for the customer', async () => (await other.query(waiting)).rowCount === 1);
    // the action locks the customer before the record; in the other order the two would deadlock
    await other.query('SELECT FROM care_case WHERE id = $1 FOR UPDATE NOWAIT', [id]);
    await other.query(
      `UPDATE customer SET anonymized_at = now(), anonymized_by = id, anonymization_run_id = id, status = 'DELETED',
         first_name = NULL, email = NULL, note = NULL WHERE id = $1`,
      [customerId],
    );
    await other.query('ALTER TABLE customer ENABLE ALWAYS TRIGGER prove_anonymization');
    await other.query('COMMIT');
    expect((await answer).body).toMatchObject({ status: 409, code: 'CUSTOMER_ANONYMIZED' });
    patience.mockRestore();
    expect((await shown('care-cases', id)).status).toBe('OPEN');
  });
});
