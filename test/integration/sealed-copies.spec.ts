import { canonicalize } from 'json-canonicalize';
import type TestAgent from 'supertest/lib/agent';
import { FiscalSeal } from '../../src/modules/archive/crypto/fiscal-seal';
import { sealedCopiesOf } from '../support/sealed-copies';
import { TestApp } from '../support/test-app';
import { until } from '../support/until';

const TODAY = '2026-06-15T10:00:00Z';

describe('sealed copies', () => {
  let app: TestApp;
  let admin: TestAgent;
  let employee: TestAgent;

  beforeAll(async () => {
    app = await TestApp.start();
    app.clock.set(TODAY);
    admin = await app.as('admin');
    employee = await app.as('employee');
  });
  afterAll(() => app.stop());

  type Values = Readonly<Record<string, unknown>>;
  let serial = 0;
  const customer = async (values: object = {}) => {
    const number = `SC-${++serial}`;
    const id = await app.records.customer({
      customer_number: number,
      first_name: 'Erika',
      last_name: 'Beispiel',
      birth_date: '1948-02-29',
      ...values,
    });
    return { id, number };
  };
  const address = (customerId: string, type: string, street: string) =>
    app.records.insert('address', {
      customer_id: customerId,
      type,
      street,
      postal_code: '10115',
      city: 'Berlin',
      addressee: null,
    });
  const invoice = (customerId: string, issuedOn: string, values: object = {}, lines: readonly Values[] = []) =>
    app.records.invoice(customerId, { issued_on: issuedOn, ...values }, lines);
  const payment = (customerId: string, invoiceId: string, paidOn: string, amount = 11900, values: object = {}) =>
    app.records.insert('payment', {
      customer_id: customerId,
      invoice_id: invoiceId,
      paid_on: paidOn,
      amount,
      ...values,
    });
  const preview = async (customerId: string) =>
    (await admin.post(`/api/v1/customers/${customerId}/anonymization/preview`).expect(200)).body;
  const act = (customerId: string, number: string) =>
    admin
      .post(`/api/v1/customers/${customerId}/anonymization`)
      .send({ confirmation: number, reason: 'ERASURE_REQUEST' });
  const anonymize = async ({ id, number }: { id: string; number: string }) => (await act(id, number).expect(200)).body;
  const sealed = (effects: { table: string; treatment: string; rows: number }[]) =>
    Object.fromEntries(
      effects
        .filter(({ treatment, table }) => treatment === 'SEAL' && !table.startsWith('archive'))
        .map(({ table, rows }) => [table, rows]),
    );

  it('exist once per class and calendar year, each until the date on which its own period ends', async () => {
    const person = await customer();
    const of = { customer_id: person.id };
    for (const issuedOn of ['2019-02-03', '2021-04-05', '2021-06-07']) {
      const id = await invoice(person.id, issuedOn);
      await payment(person.id, id, issuedOn);
    }
    await app.records.insert('receipt', { ...of, issued_at: '2021-03-04T10:00Z' });
    await app.records.insert('quote', { ...of, issued_on: '2022-01-01', status: 'ACCEPTED' });
    await app.records.insert('service_contract', { ...of, ends_on: '2023-12-31' });
    await app.records.insert('care_case', { ...of, opened_on: '2018-01-01', closed_on: '2020-02-02' });
    const stockItemId = await app.records.insert('stock_item', { article: 'Audio 312' });
    const lent = { ...of, stock_item_id: stockItemId, resolution: 'RETURNED' };
    await app.records.insert('device_loan', { ...lent, issued_on: '2020-01-01', resolved_on: '2020-03-01' });
    await anonymize(person);
    const copies = await sealedCopiesOf(app, person.id);
    expect(
      copies.map(({ retentionClass, retentionUntil, copy }) => [
        retentionClass,
        copy.year,
        retentionUntil,
        copy.retentionUntil,
        Object.fromEntries(Object.entries(copy.records).map(([list, records]) => [list, (records as []).length])),
      ]),
    ).toEqual([
      ['BUSINESS_LETTER', 2022, '2028-12-31', '2028-12-31', { quotes: 1 }],
      ['BUSINESS_LETTER', 2023, '2029-12-31', '2029-12-31', { serviceContracts: 1 }],
      ['MEDICAL_DEVICE', 2020, '2030-12-31', '2030-12-31', { careCases: 1, deviceLoans: 1 }],
      ['VOUCHER', 2019, '2027-12-31', '2027-12-31', { invoices: 1 }],
      ['VOUCHER', 2021, '2029-12-31', '2029-12-31', { invoices: 2, receipts: 1 }],
    ]);
    // one key for each last day, also within one batch
    const { rows } = await app.sql.query(
      `SELECT count(DISTINCT e.id)::int AS envelopes, bool_and(e.retention_until = d.retention_until) AS agree
       FROM archive_document d JOIN fiscal_envelope e ON e.id = d.envelope_id WHERE d.customer_id = $1`,
      [person.id],
    );
    expect(rows).toEqual([{ envelopes: 4, agree: true }]);
    for (const { text, copy } of copies) expect(text).toBe(canonicalize(copy));
  });

  it('contain what the tax office asks for: number, recipient, lines, payments and credit notes', async () => {
    const person = await customer({ title: 'Dr.', company_name: null });
    const bearer = await app.records.insert('cost_bearer', { ik: '109999999' });
    const values = {
      number: 'R-FULL',
      due_on: '2024-05-15',
      cost_bearer_id: bearer,
      recipient_name: 'Erika Beispiel',
      recipient_address: 'Lindenweg 1, 10115 Berlin',
      remark: 'Bitte wenden',
    };
    const line = {
      position: 1,
      article: 'Audio 312',
      text: 'Anpassung für Erika',
      serial_number: 'S-77',
      quantity: '1.500',
    };
    const id = await invoice(person.id, '2024-05-01', values, [line]);
    await payment(person.id, id, '2024-05-20', 6900, { payer_name: 'Erika Beispiel', reference: 'R-FULL' });
    const note = { number: 'G-FULL', kind: 'CREDIT_NOTE', credits_id: id, net: 4202, tax: 798, gross: 5000 };
    await invoice(person.id, '2024-06-01', note);
    await anonymize(person);
    const { copy } = (await sealedCopiesOf(app, person.id))[0]!;
    expect(copy).toMatchObject({
      format: 'lethe sealed copy v2',
      currency: 'EUR',
      retentionClass: 'VOUCHER',
      year: 2024,
      customer: {
        companyName: null,
        customerNumber: person.number,
        firstName: 'Erika',
        lastName: 'Beispiel',
        title: 'Dr.',
      },
    });
    expect(copy.customer).not.toHaveProperty('birthDate');
    expect(copy.records).toEqual({
      invoices: [
        expect.objectContaining({
          number: 'R-FULL',
          kind: 'INVOICE',
          creditsNumber: null,
          issuedOn: '2024-05-01',
          dueOn: '2024-05-15',
          costBearerIk: '109999999',
          gross: 11900,
          recipientName: 'Erika Beispiel',
          recipientAddress: 'Lindenweg 1, 10115 Berlin',
          remark: 'Bitte wenden',
          lines: [
            {
              position: 1,
              article: 'Audio 312',
              text: 'Anpassung für Erika',
              serialNumber: 'S-77',
              quantity: '1.500',
              amount: 11900,
            },
          ],
          payments: [
            {
              kind: 'PAYMENT',
              paidOn: '2024-05-20',
              amount: 6900,
              method: 'TRANSFER',
              payerName: 'Erika Beispiel',
              iban: null,
              reference: 'R-FULL',
            },
          ],
        }),
        expect.objectContaining({
          number: 'G-FULL',
          kind: 'CREDIT_NOTE',
          creditsNumber: 'R-FULL',
          gross: 5000,
          lines: [],
          payments: [],
        }),
      ],
    });
  });

  describe('keep related documents together, in the year of the latest one', () => {
    const years = async (customerId: string) =>
      (await sealedCopiesOf(app, customerId)).map(({ copy }) => [
        copy.year,
        (copy.records.invoices as { number: string }[]).map(({ number }) => number),
      ]);

    it('an invoice paid in instalments: the year of the last booking, even if its own period is over', async () => {
      const person = await customer();
      const old = await invoice(person.id, '2017-03-01', { number: 'R-OLD' });
      await payment(person.id, old, '2017-03-02', 6900);
      await payment(person.id, old, '2025-01-02', 5000);
      const later = await invoice(person.id, '2019-03-01', { number: 'R-2019' });
      await payment(person.id, later, '2020-01-02');
      await anonymize(person);
      expect(await years(person.id)).toEqual([
        [2020, ['R-2019']],
        [2025, ['R-OLD']],
      ]);
    });

    it('an invoice and its credit notes, with refunds on either', async () => {
      const person = await customer();
      const id = await invoice(person.id, '2018-03-01', { number: 'R-CREDITED' });
      await payment(person.id, id, '2018-03-02');
      const note = await invoice(person.id, '2021-03-01', { number: 'G-1', kind: 'CREDIT_NOTE', credits_id: id });
      await payment(person.id, note, '2023-04-01', 11900, { kind: 'REFUND' });
      await payment(person.id, await invoice(person.id, '2018-03-01', { number: 'R-ALONE' }), '2018-04-01');
      await anonymize(person);
      expect(await years(person.id)).toEqual([
        [2018, ['R-ALONE']],
        [2023, ['R-CREDITED', 'G-1']],
      ]);
    });
  });

  it('contain only documents within their period, including its last day', async () => {
    const person = await customer();
    const of = { customer_id: person.id };
    for (const issuedOn of ['2017-12-31', '2018-01-01'])
      await payment(person.id, await invoice(person.id, issuedOn), issuedOn);
    for (const issuedAt of ['2017-12-31T22:59:59Z', '2017-12-31T23:00:00Z'])
      // midnight in the shop's time zone
      await app.records.insert('receipt', { ...of, issued_at: issuedAt });
    for (const issuedOn of ['2019-12-31', '2020-01-01'])
      await app.records.insert('quote', { ...of, status: 'ENDED', issued_on: issuedOn });
    for (const closedOn of ['2015-12-31', '2016-01-01'])
      await app.records.insert('care_case', { ...of, opened_on: '2015-01-01', closed_on: closedOn });
    const { effects } = await preview(person.id);
    expect(sealed(effects)).toEqual({ invoice: 1, payment: 1, receipt: 1, quote: 1, care_case: 1 });
    await anonymize(person);
    expect((await sealedCopiesOf(app, person.id)).map(({ copy }) => [copy.retentionClass, copy.year])).toEqual([
      ['BUSINESS_LETTER', 2020],
      ['MEDICAL_DEVICE', 2016],
      ['VOUCHER', 2018],
    ]);
  });

  it('respect the end of a quote, unless it never ends', async () => {
    const person = await customer();
    const of = { customer_id: person.id, status: 'ENDED', issued_on: '2022-11-01' };
    await app.records.insert('quote', { ...of, number: 'Q-ENDS', valid_until: '2023-01-31' });
    await app.records.insert('quote', { ...of, number: 'Q-OPEN', valid_until: '2099-12-31' });
    await anonymize(person);
    const copies = await sealedCopiesOf(app, person.id);
    expect(copies.map(({ copy }) => [copy.year, copy.records.quotes[0].number])).toEqual([
      [2022, 'Q-OPEN'],
      [2023, 'Q-ENDS'],
    ]);
  });

  it('count a contract from its end, and a void one from the day on which it became void', async () => {
    const person = await customer();
    const of = { customer_id: person.id, starts_on: '2018-01-01', title: 'Service', note: 'intern' };
    await app.records.insert('service_contract', { ...of, number: 'C-END', ends_on: '2021-12-31' });
    await app.records.insert('service_contract', { ...of, number: 'C-VOID', ends_on: null, voided_on: '2022-02-02' });
    const terminated = { ends_on: null, auto_renew: true, termination_effective_on: '2023-03-03' };
    await app.records.insert('service_contract', { ...of, number: 'C-TERMINATED', ...terminated });
    await app.records.insert('service_contract', { ...of, number: 'C-DRAFT', status: 'DRAFT' });
    await anonymize(person);
    const copies = await sealedCopiesOf(app, person.id);
    expect(copies.map(({ copy }) => [copy.year, copy.records.serviceContracts])).toEqual([
      [2021, [expect.objectContaining({ number: 'C-END', title: 'Service' })]],
      [2022, [expect.objectContaining({ number: 'C-VOID' })]],
      [2023, [expect.objectContaining({ number: 'C-TERMINATED' })]],
    ]);
    expect(JSON.stringify(copies)).not.toContain('intern');
  });

  it('say which device was given to whom and when, with the birth date and without notes', async () => {
    const person = await customer();
    const of = { customer_id: person.id };
    await app.records.insert('care_case', {
      ...of,
      number: 'V-77',
      opened_on: '2021-01-01',
      closed_on: '2021-02-01',
      title: 'Anpassung',
      note: 'Hört links besser',
    });
    const lentItem = await app.records.insert('stock_item', { serial_number: 'S-LENT', article: 'Audio 312' });
    await app.records.insert('device_loan', {
      ...of,
      stock_item_id: lentItem,
      kind: 'LOANER',
      issued_on: '2021-03-01',
      resolution: 'RETURNED',
      resolved_on: '2021-03-20',
      note: 'Leihnotiz',
    });
    await app.records.insert('stock_item', { ...of, owner: 'CUSTOMER', serial_number: 'S-OWN', article: 'Audio 9' });
    await app.records.insert('stock_item', { ...of, owner: 'CUSTOMER', serial_number: 'S-UNKNOWN' });
    for (const soldOn of ['2015-05-05', '2019-05-05'])
      await payment(person.id, await invoice(person.id, soldOn, {}, [{ serial_number: 'S-OWN' }]), soldOn);
    await anonymize(person);
    const copies = (await sealedCopiesOf(app, person.id)).filter((each) => each.retentionClass === 'MEDICAL_DEVICE');
    expect(copies.map(({ copy }) => [copy.year, copy.customer, copy.records])).toEqual([
      [
        2019,
        expect.anything(),
        { devices: [expect.objectContaining({ serialNumber: 'S-OWN', lastRecordOn: '2019-05-05' })] },
      ],
      [
        2021,
        expect.objectContaining({ birthDate: '1948-02-29', firstName: 'Erika', lastName: 'Beispiel' }),
        {
          careCases: [
            {
              number: 'V-77',
              branchCode: expect.any(String),
              type: 'FITTING',
              status: 'COMPLETED',
              openedOn: '2021-01-01',
              closedOn: '2021-02-01',
            },
          ],
          deviceLoans: [
            {
              kind: 'LOANER',
              serialNumber: 'S-LENT',
              article: 'Audio 312',
              issuedOn: '2021-03-01',
              dueOn: null,
              resolution: 'RETURNED',
              resolvedOn: '2021-03-20',
            },
          ],
        },
      ],
      // the start is unknown: the period cannot have begun later than today
      [
        2026,
        expect.anything(),
        { devices: [expect.objectContaining({ serialNumber: 'S-UNKNOWN', lastRecordOn: null })] },
      ],
    ]);
    for (const { text, copy } of copies) expect(text).toBe(canonicalize(copy));
  });

  it('are sealed under one key per last day, so that no remaining key opens an expired copy', async () => {
    const [first, second] = [await customer(), await customer()];
    for (const { id } of [first, second]) {
      const of = { customer_id: id };
      await payment(id, await invoice(id, '2020-01-01'), '2020-01-01'); // until 2028
      await app.records.insert('quote', { ...of, status: 'ENDED', issued_on: '2022-01-01' }); // until 2028
      await app.records.insert('care_case', { ...of, closed_on: '2022-01-01' }); // until 2032
    }
    const { body: run } = await admin
      .post('/api/v1/anonymization-runs')
      .send({ customerIds: [first.id, second.id] })
      .expect(202);
    await until('the run is previewed', async () => (await stateOf(run.id)) === 'PREVIEWED');
    await admin
      .post(`/api/v1/anonymization-runs/${run.id}/start`)
      .send({ confirmation: 2, reason: 'RETENTION_EXPIRED' })
      .expect(202);
    await until('the run is completed', async () => (await stateOf(run.id)) === 'COMPLETED');
    const copies = [...(await sealedCopiesOf(app, first.id)), ...(await sealedCopiesOf(app, second.id))];
    expect(copies).toHaveLength(6);
    const { rows } = await app.sql.query(
      `SELECT e.id, e.retention_until, count(*)::int AS copies FROM fiscal_envelope e JOIN archive_document d ON d.envelope_id = e.id
       WHERE d.customer_id = ANY ($1) GROUP BY e.id ORDER BY e.retention_until, copies`,
      [[first.id, second.id]],
    );
    for (const { envelopeId, retentionUntil } of copies)
      expect(rows.find(({ id }) => id === envelopeId)!.retention_until).toBe(retentionUntil);
    // the run may have processed them in one batch or two
    expect(rows.map(({ retention_until }) => retention_until)).toEqual(
      rows.length === 2 ? ['2028-12-31', '2032-12-31'] : ['2028-12-31', '2028-12-31', '2032-12-31', '2032-12-31'],
    );
  });

  it('of a device are announced from its latest voucher, regardless of drafts', async () => {
    const person = await customer();
    const of = { customer_id: person.id };
    await app.records.insert('stock_item', { ...of, owner: 'CUSTOMER', serial_number: 'S-DRAFT' });
    const sold = await invoice(person.id, '2019-05-05', {}, [{ serial_number: 'S-DRAFT' }]);
    await payment(person.id, sold, '2019-05-05');
    const draft = await invoice(person.id, '2024-05-05', { status: 'DRAFT' });
    await app.records.insert('invoice_line', { ...of, invoice_id: draft, serial_number: 'S-DRAFT' });
    expect((await preview(person.id)).warnings).toContainEqual({
      code: 'DEVICE_RETENTION',
      module: 'device',
      count: 1,
      until: '2029-12-31',
    });
  });

  it('are sealed under keys that are wiped from memory after the batch', async () => {
    const seal = app.nest.get(FiscalSeal, { strict: false });
    const made = jest.spyOn(seal, 'newEnvelope');
    const person = await customer();
    await payment(person.id, await invoice(person.id, '2024-01-01'), '2024-01-01');
    await anonymize(person);
    const envelopes = made.mock.results.map(({ value }) => value as ReturnType<FiscalSeal['newEnvelope']>);
    made.mockRestore();
    expect(envelopes).toHaveLength(1);
    for (const envelope of envelopes) expect(() => envelope.encrypt(person.id, Buffer.from('x'))).toThrow('disposed');
  });

  it('contain the lines of an invoice in their order, however they were inserted', async () => {
    const person = await customer();
    const lines = [
      { position: 2, article: 'Otoplastik' },
      { position: 1, article: 'Hörgerät' },
    ];
    await payment(person.id, await invoice(person.id, '2024-01-01', {}, lines), '2024-01-01');
    await anonymize(person);
    const { copy } = (await sealedCopiesOf(app, person.id))[0]!;
    expect(copy.records.invoices[0].lines.map(({ article }: { article: string }) => article)).toEqual([
      'Hörgerät',
      'Otoplastik',
    ]);
  });

  describe('name a recipient', () => {
    const recipientOf = async (customerId: string) => {
      const { copy } = (await sealedCopiesOf(app, customerId))[0]!;
      const [{ recipientName, recipientAddress }] = copy.records.invoices;
      return [recipientName, recipientAddress];
    };
    const stored = { recipient_name: null, recipient_address: null };

    it('that of the invoice, whatever has become of the customer', async () => {
      const person = await customer();
      await address(person.id, 'RESIDENTIAL', 'Neuweg 1');
      const own = { recipient_name: 'Erika Alt', recipient_address: 'Altweg 1' };
      await payment(person.id, await invoice(person.id, '2024-01-01', own), '2024-01-01');
      await anonymize(person);
      expect(await recipientOf(person.id)).toEqual(['Erika Alt', 'Altweg 1']);
    });

    it.each([
      ['the invoice address', ['RESIDENTIAL', 'OTHER', 'INVOICE'], 'Weg INVOICE, 10115 Berlin'],
      ['else the residential one', ['DELIVERY', 'RESIDENTIAL'], 'Weg RESIDENTIAL, 10115 Berlin'],
      ['else any', ['DELIVERY'], 'Weg DELIVERY, 10115 Berlin'],
    ])('the customer if a stored invoice has none: %s', async (_, types, expected) => {
      const person = await customer();
      for (const type of types) await address(person.id, type, `Weg ${type}`);
      await payment(person.id, await invoice(person.id, '2024-01-01', stored), '2024-01-01');
      expect((await preview(person.id)).warnings.map(({ code }: { code: string }) => code)).toEqual([
        'FISCAL_RETENTION',
      ]);
      await anonymize(person);
      expect(await recipientOf(person.id)).toEqual(['Erika Beispiel', expected]);
    });

    it('by a meaningful address rather than an empty one', async () => {
      const person = await customer();
      const empty = { customer_id: person.id, street: ' ', postal_code: null, city: null, addressee: null };
      await app.records.insert('address', { ...empty, type: 'INVOICE' });
      await address(person.id, 'RESIDENTIAL', 'Lindenweg 5');
      await payment(person.id, await invoice(person.id, '2024-01-01', stored), '2024-01-01');
      await anonymize(person);
      expect(await recipientOf(person.id)).toEqual(['Erika Beispiel', 'Lindenweg 5, 10115 Berlin']);
    });

    it('a company with the person', async () => {
      const person = await customer({ company_name: 'Muster GmbH' });
      await payment(person.id, await invoice(person.id, '2024-01-01', stored), '2024-01-01');
      await anonymize(person);
      expect((await recipientOf(person.id))[0]).toBe('Muster GmbH, Erika Beispiel');
    });

    it('without an address if none is known, with a warning in the preview', async () => {
      const person = await customer();
      await app.records.insert('address', {
        customer_id: person.id,
        type: 'OTHER',
        street: ' ',
        city: null,
        addressee: null,
      });
      await payment(person.id, await invoice(person.id, '2024-01-01', stored), '2024-01-01');
      await payment(person.id, await invoice(person.id, '2012-01-01', stored), '2012-01-01'); // after its period
      const { verdict, warnings } = await preview(person.id);
      expect([verdict, warnings]).toEqual([
        'READY',
        [
          { code: 'FISCAL_RETENTION', module: 'finance', count: 1, until: '2032-12-31' },
          { code: 'RECIPIENT_ADDRESS_MISSING', module: 'finance', count: 1 },
        ],
      ]);
      await anonymize(person);
      expect(await recipientOf(person.id)).toEqual(['Erika Beispiel', null]);
    });

    it('the customer, for a till receipt or a quote without a name', async () => {
      const person = await customer();
      await address(person.id, 'RESIDENTIAL', 'Lindenweg 5');
      const of = { customer_id: person.id };
      await app.records.insert('receipt', { ...of, issued_at: '2024-01-01T10:00Z', customer_name: null });
      await app.records.insert('quote', { ...of, ...stored, status: 'ENDED', issued_on: '2024-01-01' });
      await anonymize(person);
      const [letters, vouchers] = (await sealedCopiesOf(app, person.id)).map(({ copy }) => copy);
      expect(letters.records.quotes[0]).toMatchObject({
        recipientName: 'Erika Beispiel',
        recipientAddress: 'Lindenweg 5, 10115 Berlin',
      });
      expect(vouchers.records.receipts[0]).toMatchObject({
        customerName: 'Erika Beispiel',
        issuedAt: '2024-01-01T10:00:00.000000Z',
      });
    });
  });

  describe('are a precondition of the anonymization', () => {
    const untouched = async (person: { id: string; number: string }) => {
      const { rows } = await app.sql.query('SELECT anonymized_at, first_name FROM customer WHERE id = $1', [person.id]);
      const copies = await sealedCopiesOf(app, person.id);
      return [rows[0].anonymized_at, copies.length];
    };

    it('if a copy would not name its recipient', async () => {
      const person = await customer({ first_name: null, last_name: ' ', company_name: null });
      await payment(person.id, await invoice(person.id, '2024-01-01'), '2024-01-01');
      expect((await act(person.id, person.number).expect(500)).body.code).toBe('FISCAL_COPY_FAILED');
      expect(await untouched(person)).toEqual([null, 0]);
    });

    it.each([
      ['a copy of vouchers', 'VOUCHER'],
      ['a copy about devices, after the vouchers are done', 'MEDICAL_DEVICE'],
    ])('if %s cannot be written', async (_, retentionClass) => {
      const person = await customer();
      await payment(person.id, await invoice(person.id, '2024-01-01'), '2024-01-01');
      await app.records.insert('care_case', { customer_id: person.id, closed_on: '2024-01-01' });
      await app.sql.query(
        `ALTER TABLE archive_document ADD CONSTRAINT no_copy CHECK (sealed_content IS NULL OR retention_class <> '${retentionClass}') NOT VALID`,
      );
      try {
        expect((await act(person.id, person.number).expect(500)).body.code).toBe('FISCAL_COPY_FAILED');
        expect(await untouched(person)).toEqual([null, 0]);
      } finally {
        await app.sql.query('ALTER TABLE archive_document DROP CONSTRAINT no_copy');
      }
      await anonymize(person);
    });
  });

  it('have the same effects in the preview, the anonymization and the log', async () => {
    const person = await customer();
    const of = { customer_id: person.id };
    await payment(person.id, await invoice(person.id, '2024-01-01', {}, [{}, {}]), '2024-01-01');
    const draft = await invoice(person.id, '2024-01-01', { status: 'DRAFT' });
    await app.records.insert('invoice_line', { ...of, invoice_id: draft });
    await payment(person.id, await invoice(person.id, '2022-01-01'), '2022-01-01');
    await app.records.insert('care_case', { ...of, closed_on: '2023-01-01' });
    const { effects, warnings } = await preview(person.id);
    const expected = { invoice: 2, invoice_line: 2, payment: 2, care_case: 1 };
    expect(sealed(effects)).toEqual(expected);
    expect(warnings).toEqual([
      { code: 'FISCAL_RETENTION', module: 'finance', count: 2, until: '2032-12-31' },
      { code: 'DEVICE_RETENTION', module: 'device', count: 1, until: '2033-12-31' },
    ]);
    expect(sealed((await anonymize(person)).effects)).toEqual(expected);
    const { rows } = await app.sql.query(
      `SELECT entry.module, t.name AS "table", (t.rows ->> 'SEAL')::int AS rows, map ->> 'reason' AS reason
       FROM audit.entry, jsonb_each(entry.canonical::jsonb -> 'details' -> 'effects') AS t (name, rows), audit.entry in_force,
         jsonb_array_elements(in_force.canonical::jsonb -> 'details' -> 'treatments') AS map
       WHERE entry.customer_id = $1 AND entry.action = 'CUSTOMER_DATA_ANONYMIZED' AND t.rows ? 'SEAL'
         AND in_force.action = 'DATA_MAP_IN_FORCE'
         AND in_force.canonical::jsonb -> 'details' ->> 'dataMap' = entry.canonical::jsonb -> 'details' ->> 'dataMap'
         AND map ->> 'table' = t.name AND map ->> 'treatment' = 'SEAL' ORDER BY 1, 2`,
      [person.id],
    );
    const voucher = '§ 147 AO, § 14b UStG: 8 years from the end of the calendar year';
    expect(rows).toEqual([
      { module: 'device', table: 'care_case', rows: 1, reason: '§ 9 MPDG: 10 years, traceability of medical devices' },
      { module: 'finance', table: 'invoice', rows: 2, reason: voucher },
      { module: 'finance', table: 'invoice_line', rows: 2, reason: voucher },
      { module: 'finance', table: 'payment', rows: 2, reason: voucher },
    ]);
  });

  describe('an issued invoice gets its recipient', () => {
    const book = async (person: { id: string }, invoice: object) =>
      (
        await employee
          .post(`/api/v1/customers/${person.id}/invoices`)
          .send({
            branchCode: branch,
            kind: 'INVOICE',
            issuedOn: '2026-06-01',
            net: 10000,
            tax: 1900,
            gross: 11900,
            ...invoice,
          })
          .expect(201)
      ).body;
    let branch: string;
    let person: { id: string; number: string };

    beforeAll(async () => {
      branch = (await app.sql.query('SELECT code FROM branch LIMIT 1')).rows[0].code;
      person = await customer();
      await address(person.id, 'RESIDENTIAL', 'Lindenweg 5');
    });

    const own = { recipientName: 'Erika Beispiel', recipientAddress: 'Lindenweg 5, 10115 Berlin' };

    it('when it is booked as issued', async () => {
      expect(await book(person, { status: 'ISSUED' })).toMatchObject(own);
      expect(await book(person, { status: 'ISSUED', recipientName: 'Sohn' })).toMatchObject({
        recipientName: 'Sohn',
        recipientAddress: own.recipientAddress,
      });
    });

    it('when a draft is issued, not before', async () => {
      const draft = await book(person, { status: 'DRAFT' });
      expect(draft).toMatchObject({ recipientName: null, recipientAddress: null });
      const { body } = await employee.post(`/api/v1/invoices/${draft.id}/issue`).expect(200);
      expect(body).toMatchObject({ status: 'ISSUED', ...own });
    });

    it('when it is credited', async () => {
      const { id } = await book(person, { status: 'ISSUED' });
      const { body } = await employee.post(`/api/v1/invoices/${id}/credit`).send({}).expect(200);
      expect(body).toMatchObject({ kind: 'CREDIT_NOTE', ...own });
    });
  });

  const stateOf = async (runId: string) =>
    (await admin.get(`/api/v1/anonymization-runs/${runId}`).expect(200)).body.state;
});
