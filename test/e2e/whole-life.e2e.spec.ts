import type { Blocker } from '../../src/kernel/blocker';
import { TestApp } from '../support/test-app';

/** One story in steps, each of which continues where the previous one ended. */
describe('the whole life of a customer', () => {
  let app: TestApp;
  let customerId: string;
  let today: string;
  const ids: Record<string, string> = {};
  const figures: object[] = [];

  beforeAll(async () => {
    app = await TestApp.start();
    await app.records.insert('branch', { code: 'STR-01', name: 'Stuttgart' });
    await app.records.insert('cost_bearer', { ik: '101234567', name: 'Kasse' });
    await app.records.insert('loyalty_program', { code: 'BONUS', name: 'Bonus' });
    for (const serial_number of ['HG-1', 'HG-2', 'LEIH-1'])
      await app.records.insert('stock_item', { serial_number, article: 'Hörgerät' });
  });
  afterAll(() => app.stop());

  const on = (date: string) => {
    today = date;
    app.clock.set(`${date}T10:00:00Z`);
  };
  const employee = () => app.as('employee');
  const add = async (path: string, body: object) =>
    (await (await employee()).post(`/api/v1/customers/${customerId}/${path}`).send(body).expect(201)).body;
  const act = async (path: string, id: string, action: string, body: object = {}) => {
    const { status, body: answer } = await (await employee()).post(`/api/v1/${path}/${id}/${action}`).send(body);
    expect([path, action, status, answer.code]).toEqual([path, action, 200, undefined]);
    return answer;
  };
  const askToBeForgotten = async () =>
    (await app.as('admin'))
      .post(`/api/v1/customers/${customerId}/anonymization`)
      .send({ confirmation: 'K-4711', reason: 'ERASURE_REQUEST', reference: 'T-1' });
  const reasons = (blockers: readonly Blocker[]) => blockers.map(({ code, date, clearsOn }) => [code, date, clearsOn]);
  const found = async (search: string) =>
    (await (await employee()).post('/api/v1/customers/search').send({ search }).expect(200)).body.items;
  const listed = async (path: string) =>
    (await (await employee()).get(`/api/v1/customers/${customerId}/${path}`).expect(200)).body.items;
  const report = async (): Promise<object> => [
    (await (await employee()).get('/api/v1/reports/revenue?groupBy=costBearer').expect(200)).body,
    (await (await employee()).get('/api/v1/reports/customers?groupBy=branch').expect(200)).body,
  ];

  it('January: the customer arrives and gets a trial device', async () => {
    on('2026-01-12');
    const customer = { customerNumber: 'K-4711', branchCode: 'STR-01', status: 'ACTIVE', birthDate: '1948-02-29' };
    const { body } = await (
      await employee()
    )
      .post('/api/v1/customers')
      .send({ ...customer, firstName: 'Erika', lastName: 'Beispielmann' })
      .expect(201);
    customerId = body.id;
    await add('addresses', { type: 'RESIDENTIAL', street: 'Königstraße 1', postalCode: '70173', city: 'Stuttgart' });
    await add('memberships', { costBearerIk: '101234567', memberNumber: 'M4711' });
    await add('consents', { channel: 'POST', grantedOn: today });
    await add('bank-accounts', { position: 1, iban: 'DE02 1203 0000 0000 2020 51' });
    ids.case = (await add('care-cases', { branchCode: 'STR-01', type: 'FITTING', status: 'OPEN', openedOn: today })).id;
    ids.trial = (
      await add('device-loans', { serialNumber: 'HG-1', kind: 'TRIAL', issuedOn: today, dueOn: '2026-02-12' })
    ).id;
    expect(await found('beispielmann stuttgart')).toHaveLength(1);
  });

  it('February: the customer keeps the device, gets a quote and an invoice, and pays the first part', async () => {
    on('2026-02-10');
    const recipient = { recipientName: 'Erika Beispielmann', recipientAddress: 'Königstraße 1, 70173 Stuttgart' };
    const quote = { branchCode: 'STR-01', status: 'OPEN', issuedOn: today, gross: 238000, ...recipient };
    ids.quote = (await add('quotes', quote)).id;
    await add('quotes', { ...quote, gross: 357000, remark: 'das teurere' });
    await act('device-loans', ids.trial!, 'resolve', { resolution: 'SOLD' });
    await act('quotes', ids.quote!, 'end');
    const invoice = await add('invoices', {
      branchCode: 'STR-01',
      kind: 'INVOICE',
      status: 'DRAFT',
      costBearerIk: '101234567',
      net: 200000,
      tax: 38000,
      gross: 238000,
      ...recipient,
      lines: [{ article: 'HG', text: 'Hörgerät für Erika Beispielmann', serialNumber: 'HG-1', amount: 238000 }],
    });
    ids.invoice = invoice.id;
    expect(await act('invoices', ids.invoice!, 'issue')).toMatchObject({
      number: 'STR-01-R2026-000001',
      issuedOn: today,
      dueOn: '2026-02-24',
    });
    const first = { kind: 'PAYMENT', amount: 100000, method: 'COST_BEARER', payerName: 'Kasse' };
    expect(await act('invoices', ids.invoice!, 'payments', first)).toMatchObject({ balance: 138000 });
    await act('care-cases', ids.case!, 'complete');
  });

  it('March: a contract and a card; the device is in repair, and another one is lent', async () => {
    on('2026-03-02');
    const contract = await add('service-contracts', {
      status: 'DRAFT',
      startsOn: today,
      autoRenew: true,
      title: 'Wartung Beispielmann',
    });
    ids.contract = contract.id;
    expect(await act('service-contracts', ids.contract!, 'sign')).toMatchObject({ effectiveEnd: null });
    ids.card = (await add('cards', { number: 'CARD-4711' })).id;
    ids.enrollment = (await add('enrollments', { programCode: 'BONUS', cardNumber: 'CARD-4711', startsOn: today })).id;
    const repair = { branchCode: 'STR-01', type: 'REPAIR', status: 'OPEN', openedOn: today };
    ids.repair = (await add('care-cases', repair)).id;
    ids.loan = (await add('device-loans', { serialNumber: 'LEIH-1', kind: 'LOANER', issuedOn: today })).id;
    expect(await found('card-4711')).toMatchObject([{ id: customerId }]);
  });

  it('April: the customer requests erasure, and all five blockers are reported with their dates', async () => {
    on('2026-04-01');
    const { status, body } = await askToBeForgotten();
    expect([status, body.code]).toEqual([409, 'ANONYMIZATION_BLOCKED']);
    expect(reasons(body.blockers)).toEqual([
      ['UNPAID_INVOICE', '2026-02-10', null],
      ['RECENT_INVOICE', '2026-02-10', '2026-08-10'],
      ['RUNNING_SERVICE_CONTRACT', '2026-03-02', null],
      ['OPEN_CARE_CASE', '2026-03-02', null],
      ['UNRETURNED_TRIAL_DEVICE', '2026-03-02', null],
      ['ACTIVE_PROGRAM_CARD', '2026-03-02', null],
    ]);
  });

  it('each blocker is resolved', async () => {
    const rest = { kind: 'PAYMENT', amount: 138000, method: 'TRANSFER', iban: 'DE02 1203 0000 0000 2020 51' };
    expect(await act('invoices', ids.invoice!, 'payments', rest)).toMatchObject({ balance: 0 });
    await act('service-contracts', ids.contract!, 'terminate', { effectiveOn: '2026-06-30' });
    await act('care-cases', ids.repair!, 'cancel');
    await act('device-loans', ids.loan!, 'resolve', { resolution: 'RETURNED' });
    await act('enrollments', ids.enrollment!, 'end', { on: '2026-03-31' });
    await act('cards', ids.card!, 'invalidate');
    const { status, body } = await askToBeForgotten();
    expect(status).toBe(409);
    expect(reasons(body.blockers)).toEqual([
      ['RECENT_INVOICE', '2026-02-10', '2026-08-10'],
      ['RUNNING_SERVICE_CONTRACT', '2026-03-02', '2026-07-01'],
    ]);
  });

  it('the remaining blocker clears with time', async () => {
    on('2026-07-01');
    expect(reasons((await askToBeForgotten()).body.blockers)).toEqual([['RECENT_INVOICE', '2026-02-10', '2026-08-10']]);
    on('2026-08-09');
    const { body } = await askToBeForgotten();
    expect(body.blockers).toHaveLength(1);
    figures.push(await report());
  });

  it('August: the customer is anonymized', async () => {
    on('2026-08-10');
    const { status, body } = await askToBeForgotten();
    expect([status, body.outcome]).toEqual([200, 'ANONYMIZED']);
    const { body: stub } = await (await employee()).get(`/api/v1/customers/${customerId}`).expect(200);
    expect(stub).toMatchObject({
      status: 'DELETED',
      firstName: null,
      birthDate: null,
      lastName: 'Anonymisiert am 10.08.2026 von Administrator',
    });
    for (const search of ['beispielmann', 'K-4711', 'card-4711', 'königstraße'])
      expect([search, await found(search)]).toEqual([search, []]);
  });

  it('the books are unchanged, without the name', async () => {
    expect(await report()).toEqual(figures[0]);
    const [invoice] = await listed('invoices');
    expect(invoice).toMatchObject({
      number: 'STR-01-R2026-000001',
      gross: 238000,
      balance: 0,
      recipientName: 'Anonymisiert am 10.08.2026 von Administrator',
      recipientAddress: null,
    });
    expect(invoice.lines[0].text).toBe('Hörgerät für [anonymisiert]');
    expect(invoice.payments.map(({ amount, iban, payerName }: never) => [amount, iban, payerName])).toEqual([
      [100000, null, null],
      [138000, null, null],
    ]);
    expect((await listed('quotes')).map(({ status, endReason }: never) => [status, endReason])).toEqual([
      ['ENDED', 'EMPLOYEE'],
      ['ENDED', 'CUSTOMER_ANONYMIZED'],
    ]);
    for (const path of ['addresses', 'consents', 'bank-accounts', 'cards'])
      expect([path, await listed(path)]).toEqual([path, []]);
    const everything = await Promise.all(
      ['invoices', 'quotes', 'service-contracts', 'care-cases', 'device-loans', 'memberships', 'enrollments'].map(
        listed,
      ),
    );
    expect(JSON.stringify(everything)).not.toMatch(/Erika|Beispielmann|Königstraße|DE02|M4711|4711/);
    const { rows } = await app.sql.query(
      `SELECT owner, status, owner_name FROM stock_item WHERE serial_number = 'HG-1'`,
    );
    expect(rows).toEqual([
      { owner: 'CUSTOMER', status: 'AT_CUSTOMER', owner_name: 'Anonymisiert am 10.08.2026 von Administrator' },
    ]);
  });

  it('September: the person returns as a new customer', async () => {
    on('2026-09-01');
    const forgotten = customerId;
    const person = { branchCode: 'STR-01', status: 'ACTIVE', firstName: 'Erika', lastName: 'Beispielmann' };
    const { body: taken } = await (
      await employee()
    )
      .post('/api/v1/customers')
      .send({ ...person, customerNumber: 'K-4711' })
      .expect(409);
    expect(taken.code).toBe('CUSTOMER_NUMBER_TAKEN');
    const { body: again } = await (
      await employee()
    )
      .post('/api/v1/customers')
      .send({ ...person, customerNumber: 'K-4712' })
      .expect(201);
    customerId = again.id;
    expect(await found('beispielmann')).toMatchObject([{ id: again.id, customerNumber: 'K-4712' }]);
    await add('device-loans', { serialNumber: 'LEIH-1', kind: 'TRIAL', issuedOn: today });
    expect(await listed('invoices')).toEqual([]);
    const { body: refused } = await (
      await app.as('admin')
    )
      .post(`/api/v1/customers/${again.id}/merge`)
      .send({ intoCustomerId: forgotten })
      .expect(409);
    expect(refused.code).toBe('CUSTOMER_ANONYMIZED');
  });
});
