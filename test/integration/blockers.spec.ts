import { Client } from 'pg';
import type { Blocker } from '../../src/kernel/blocker';
import { blockersBySubject } from '../../src/modules/anonymization/validation/blocker-queries';
import { mergeStatement } from '../support/merge-statement';
import { Records } from '../support/records';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

type Values = Readonly<Record<string, unknown>>;
type Expected = Partial<Blocker>[];
interface Case {
  readonly name: string;
  readonly today?: string;
  readonly months?: number;
  readonly given: (records: Records, customerId: string) => Promise<unknown>;
  readonly expected: Expected;
}

const TODAY = '2026-06-15';
const unpaid = (recordType: 'INVOICE' | 'CREDIT_NOTE' = 'INVOICE'): Partial<Blocker> => ({
  code: 'UNPAID_INVOICE',
  recordType,
  clearsOn: null,
});
const recent = (clearsOn: string, recordType: 'INVOICE' | 'CREDIT_NOTE' = 'INVOICE'): Partial<Blocker> => ({
  code: 'RECENT_INVOICE',
  recordType,
  clearsOn,
});
const contract = (clearsOn: string | null): Partial<Blocker> => ({
  code: 'RUNNING_SERVICE_CONTRACT',
  rule: 2,
  module: 'finance',
  clearsOn,
});
const loan = (clearsOn: string | null): Partial<Blocker> => ({
  code: 'UNRETURNED_TRIAL_DEVICE',
  rule: 4,
  module: 'device',
  clearsOn,
});
const card = (clearsOn: string | null): Partial<Blocker> => ({
  code: 'ACTIVE_PROGRAM_CARD',
  rule: 5,
  module: 'loyalty',
  recordNumber: null,
  clearsOn,
});

/** An old invoice over 119.00 euros with these bookings. */
const invoiceWith =
  (...bookings: [kind: string, amount: number, paidOn?: string][]) =>
  async (records: Records, customerId: string) => {
    const invoiceId = await records.insert('invoice', { customer_id: customerId });
    for (const [kind, amount, paidOn = '2020-02-01'] of bookings)
      await records.insert('payment', {
        customer_id: customerId,
        invoice_id: invoiceId,
        kind,
        amount,
        paid_on: paidOn,
      });
    return invoiceId;
  };
const creditOf = (records: Records, customerId: string, creditsId: string | null, values = {}) =>
  records.insert('invoice', {
    customer_id: customerId,
    kind: 'CREDIT_NOTE',
    credits_id: creditsId,
    issued_on: '2020-03-01',
    ...values,
  });
const paidOn = (issuedOn: string) => (records: Records, customerId: string) =>
  records.paidInvoice(customerId, { issued_on: issuedOn });
const contractWith = (values: Values) => (records: Records, customerId: string) =>
  records.insert('service_contract', { customer_id: customerId, ...values });
const loanWith = (values: Values) => async (records: Records, customerId: string) =>
  records.insert('device_loan', {
    customer_id: customerId,
    stock_item_id: await records.insert('stock_item'),
    ...values,
  });
const cardWith =
  (cardValues: Values, enrollment: Values | null, program: Values = {}) =>
  async (records: Records, customerId: string) => {
    const cardId = await records.insert('customer_card', { customer_id: customerId, ...cardValues });
    const programId = await records.insert('loyalty_program', program);
    if (enrollment !== null)
      await records.insert('program_enrollment', {
        customer_id: customerId,
        program_id: programId,
        card_id: cardId,
        ...enrollment,
      });
  };

const CASES: Record<string, Case[]> = {
  'rule 1: UNPAID_INVOICE': [
    { name: 'no document at all', given: () => Promise.resolve(), expected: [] },
    { name: 'nothing paid', given: invoiceWith(), expected: [unpaid()] },
    { name: 'paid in full', given: invoiceWith(['PAYMENT', 11900]), expected: [] },
    { name: 'paid in two parts', given: invoiceWith(['PAYMENT', 5000], ['PAYMENT', 6900]), expected: [] },
    { name: 'one cent too little', given: invoiceWith(['PAYMENT', 11899]), expected: [unpaid()] },
    { name: 'one cent too much', given: invoiceWith(['PAYMENT', 11901]), expected: [unpaid()] },
    { name: 'the cent too much is refunded', given: invoiceWith(['PAYMENT', 11901], ['REFUND', 1]), expected: [] },
    { name: 'the rest is written off', given: invoiceWith(['PAYMENT', 11800], ['WRITE_OFF', 100]), expected: [] },
    {
      name: 'written off one cent too far',
      given: invoiceWith(['PAYMENT', 11800], ['WRITE_OFF', 101]),
      expected: [unpaid()],
    },
    {
      name: 'a payment dated tomorrow does not count yet',
      given: invoiceWith(['PAYMENT', 11900, '2026-06-16']),
      expected: [unpaid()],
    },
    { name: 'a payment dated today counts', given: invoiceWith(['PAYMENT', 11900, '2026-06-15']), expected: [] },
    {
      name: 'a refund dated tomorrow does not count yet',
      given: invoiceWith(['PAYMENT', 11900], ['REFUND', 100, '2026-06-16']),
      expected: [],
    },
    {
      name: 'credited in full and never paid',
      given: async (r, c) => creditOf(r, c, await invoiceWith()(r, c)),
      expected: [],
    },
    {
      name: 'credited in part and the rest paid',
      given: async (r, c) => creditOf(r, c, await invoiceWith(['PAYMENT', 10000])(r, c), { gross: 1900 }),
      expected: [],
    },
    {
      name: 'paid, then credited: owed to the customer until it is refunded, one blocker on the invoice',
      given: async (r, c) => creditOf(r, c, await invoiceWith(['PAYMENT', 11900])(r, c)),
      expected: [unpaid()],
    },
    {
      name: 'paid, credited, and refunded on the credit note',
      given: async (r, c) => {
        const note = await creditOf(r, c, await invoiceWith(['PAYMENT', 11900])(r, c));
        await r.insert('payment', { customer_id: c, invoice_id: note, kind: 'REFUND', amount: 11900 });
      },
      expected: [],
    },
    {
      name: 'a draft credit note does not count',
      given: async (r, c) => creditOf(r, c, await invoiceWith()(r, c), { status: 'DRAFT', issued_on: null }),
      expected: [unpaid()],
    },
    {
      name: 'a standalone credit note is owed to the customer',
      given: (r, c) => creditOf(r, c, null),
      expected: [unpaid('CREDIT_NOTE')],
    },
    {
      name: 'a refunded standalone credit note',
      given: async (r, c) => {
        const note = await creditOf(r, c, null);
        await r.insert('payment', { customer_id: c, invoice_id: note, kind: 'REFUND', amount: 11900 });
      },
      expected: [],
    },
    {
      name: 'a draft invoice',
      given: (r, c) => r.insert('invoice', { customer_id: c, status: 'DRAFT', issued_on: null }),
      expected: [],
    },
    {
      name: 'a till receipt',
      given: (r, c) => r.insert('receipt', { customer_id: c, issued_at: `${TODAY}T08:00Z` }),
      expected: [],
    },
    {
      name: 'an invoice over nothing',
      given: (r, c) => r.insert('invoice', { customer_id: c, net: 0, tax: 0, gross: 0 }),
      expected: [],
    },
  ],
  'rule 1: RECENT_INVOICE': [
    { name: 'the day before six months', given: paidOn('2025-12-16'), expected: [recent('2026-06-16')] },
    { name: 'exactly six months', given: paidOn('2025-12-15'), expected: [] },
    { name: 'a day more than six months', given: paidOn('2025-12-14'), expected: [] },
    { name: 'issued today', given: paidOn(TODAY), expected: [recent('2026-12-15')] },
    { name: 'dated in the future', given: paidOn('2026-07-01'), expected: [recent('2027-01-01')] },
    // months are added and clamped; six months before 28.02.2025 would be 28.08.2024
    { name: '31.08. on 27.02.', today: '2025-02-27', given: paidOn('2024-08-31'), expected: [recent('2025-02-28')] },
    { name: '31.08. on 28.02.', today: '2025-02-28', given: paidOn('2024-08-31'), expected: [] },
    { name: '30.08. on 27.02.', today: '2025-02-27', given: paidOn('2024-08-30'), expected: [recent('2025-02-28')] },
    {
      name: '29.08. on 28.02. of a leap year',
      today: '2024-02-28',
      given: paidOn('2023-08-29'),
      expected: [recent('2024-02-29')],
    },
    { name: '31.08. on 29.02. of a leap year', today: '2024-02-29', given: paidOn('2023-08-31'), expected: [] },
    { name: '29.02. on 28.08.', today: '2024-08-28', given: paidOn('2024-02-29'), expected: [recent('2024-08-29')] },
    { name: '29.02. on 29.08.', today: '2024-08-29', given: paidOn('2024-02-29'), expected: [] },
    { name: '31.12. on 29.06.', today: '2025-06-29', given: paidOn('2024-12-31'), expected: [recent('2025-06-30')] },
    { name: '31.12. on 30.06.', today: '2025-06-30', given: paidOn('2024-12-31'), expected: [] },
    { name: 'a period of one month', months: 1, given: paidOn('2026-05-16'), expected: [recent('2026-06-16')] },
    { name: 'a period of one month, passed', months: 1, given: paidOn('2026-05-15'), expected: [] },
    { name: 'a period of ten years', months: 120, given: paidOn('2016-06-16'), expected: [recent('2026-06-16')] },
    {
      name: 'a fully credited invoice counts no longer, its credit note does',
      given: async (r, c) =>
        creditOf(r, c, await r.insert('invoice', { customer_id: c, issued_on: '2026-06-01' }), {
          issued_on: '2026-06-02',
        }),
      expected: [recent('2026-12-02', 'CREDIT_NOTE')],
    },
    {
      name: 'credited in full by two notes',
      given: async (r, c) => {
        const invoice = await r.insert('invoice', { customer_id: c, issued_on: '2026-06-01' });
        await creditOf(r, c, invoice, { gross: 11800 });
        await creditOf(r, c, invoice, { gross: 100 });
      },
      expected: [],
    },
    {
      name: 'credited but for one cent',
      given: async (r, c) => {
        const invoice = await r.insert('invoice', { customer_id: c, issued_on: '2026-06-01' });
        await creditOf(r, c, invoice, { gross: 11899 });
        await r.insert('payment', { customer_id: c, invoice_id: invoice, amount: 1 });
      },
      expected: [recent('2026-12-01')],
    },
    {
      name: 'a draft credit note leaves the invoice recent',
      given: async (r, c) =>
        creditOf(r, c, await r.paidInvoice(c, { issued_on: '2026-06-01' }), { status: 'DRAFT', issued_on: null }),
      expected: [recent('2026-12-01')],
    },
    {
      name: 'a recent invoice over nothing',
      given: (r, c) => r.insert('invoice', { customer_id: c, issued_on: TODAY, net: 0, tax: 0, gross: 0 }),
      expected: [recent('2026-12-15')],
    },
    {
      name: 'a recent draft',
      given: (r, c) => r.insert('invoice', { customer_id: c, status: 'DRAFT', issued_on: TODAY }),
      expected: [],
    },
    {
      name: 'unpaid and recent: both, unpaid first',
      given: (r, c) => r.insert('invoice', { customer_id: c, issued_on: TODAY }),
      expected: [unpaid(), recent('2026-12-15')],
    },
  ],
  'rule 2: RUNNING_SERVICE_CONTRACT': [
    { name: 'ended yesterday', given: contractWith({ ends_on: '2026-06-14' }), expected: [] },
    { name: 'ends today', given: contractWith({ ends_on: TODAY }), expected: [contract('2026-06-16')] },
    { name: 'ends tomorrow', given: contractWith({ ends_on: '2026-06-16' }), expected: [contract('2026-06-17')] },
    { name: 'has no end', given: contractWith({ ends_on: null }), expected: [contract(null)] },
    {
      name: 'renews itself',
      given: contractWith({ ends_on: '2021-01-01', auto_renew: true }),
      expected: [contract(null)],
    },
    {
      name: 'renews itself, terminated yesterday',
      given: contractWith({ auto_renew: true, termination_effective_on: '2026-06-14' }),
      expected: [],
    },
    {
      name: 'renews itself, terminated as of today',
      given: contractWith({ auto_renew: true, termination_effective_on: TODAY }),
      expected: [contract('2026-06-16')],
    },
    {
      name: 'the termination decides, not the end',
      given: contractWith({ ends_on: '2030-01-01', termination_effective_on: '2026-06-14' }),
      expected: [],
    },
    { name: 'voided', given: contractWith({ ends_on: null, auto_renew: true, voided_on: '2026-01-01' }), expected: [] },
    {
      name: 'starts in the future',
      given: contractWith({ starts_on: '2027-01-01', ends_on: '2028-12-31' }),
      expected: [contract('2029-01-01')],
    },
    { name: 'a draft', given: contractWith({ status: 'DRAFT', ends_on: null }), expected: [] },
  ],
  'rule 3: OPEN_CARE_CASE': [
    ...[
      'FITTING',
      'COCHLEA',
      'EARMOULD',
      'CAMPAIGN',
      'REPAIR',
      'SERVICE',
      'GLASSES',
      'CONTACT_LENS',
      'REFRACTION',
      'OTHER',
    ].map((type) => ({
      name: `open, ${type}`,
      given: (r: Records, c: string) =>
        r.insert('care_case', { customer_id: c, type, status: 'OPEN', number: `V-${type}` }),
      expected: [
        {
          rule: 3,
          code: 'OPEN_CARE_CASE',
          module: 'device',
          recordType: 'CARE_CASE',
          recordNumber: `V-${type}`,
          date: '2020-01-01',
          clearsOn: null,
        },
      ] as Expected,
    })),
    {
      name: 'completed',
      given: (r, c) => r.insert('care_case', { customer_id: c, status: 'COMPLETED' }),
      expected: [],
    },
    {
      name: 'cancelled',
      given: (r, c) => r.insert('care_case', { customer_id: c, status: 'CANCELLED' }),
      expected: [],
    },
    { name: 'an open quote', given: (r, c) => r.insert('quote', { customer_id: c, status: 'OPEN' }), expected: [] },
  ],
  'rule 4: UNRETURNED_TRIAL_DEVICE': [
    { name: 'a trial device not returned', given: loanWith({ kind: 'TRIAL' }), expected: [loan(null)] },
    { name: 'a loaner not returned', given: loanWith({ kind: 'LOANER' }), expected: [loan(null)] },
    ...['RETURNED', 'SOLD', 'WRITTEN_OFF'].map((resolution) => ({
      name: `${resolution} today`,
      given: loanWith({ resolution, resolved_on: TODAY }),
      expected: [],
    })),
    {
      name: 'returned tomorrow',
      given: loanWith({ resolution: 'RETURNED', resolved_on: '2026-06-16' }),
      expected: [loan('2026-06-16')],
    },
    {
      name: 'the loan decides, not the stock status',
      given: async (r, c) => {
        const item = await r.insert('stock_item', { status: 'AT_CUSTOMER' });
        await r.insert('device_loan', {
          customer_id: c,
          stock_item_id: item,
          resolution: 'RETURNED',
          resolved_on: '2026-01-01',
        });
      },
      expected: [],
    },
    {
      name: 'its number is the serial number',
      given: async (r, c) =>
        r.insert('device_loan', {
          customer_id: c,
          stock_item_id: await r.insert('stock_item', { serial_number: 'SN-1' }),
          issued_on: '2026-02-03',
        }),
      expected: [{ ...loan(null), recordType: 'DEVICE_LOAN', recordNumber: 'SN-1', date: '2026-02-03' }],
    },
  ],
  'rule 5: ACTIVE_PROGRAM_CARD': [
    {
      name: 'an active card',
      given: cardWith({}, {}),
      expected: [{ ...card(null), recordType: 'CUSTOMER_CARD', date: '2020-01-01' }],
    },
    {
      name: 'an expired card still blocks',
      given: cardWith({ valid_until: '2024-12-31' }, {}),
      expected: [card(null)],
    },
    { name: 'an invalidated card', given: cardWith({ invalidated_on: TODAY }, {}), expected: [] },
    {
      name: 'a card that will be invalidated tomorrow',
      given: cardWith({ invalidated_on: '2026-06-16' }, {}),
      expected: [card('2026-06-16')],
    },
    { name: 'a card without enrollment', given: cardWith({}, null), expected: [] },
    { name: 'an enrollment that ended yesterday', given: cardWith({}, { ends_on: '2026-06-14' }), expected: [] },
    { name: 'an enrollment that ends today', given: cardWith({}, { ends_on: TODAY }), expected: [card('2026-06-16')] },
    { name: 'a program that ended yesterday', given: cardWith({}, {}, { ends_on: '2026-06-14' }), expected: [] },
    { name: 'a program that ends today', given: cardWith({}, {}, { ends_on: TODAY }), expected: [card('2026-06-16')] },
    {
      name: 'the earlier end decides',
      given: cardWith({}, { ends_on: '2026-09-30' }, { ends_on: '2026-07-31' }),
      expected: [card('2026-08-01')],
    },
    { name: 'an archived program', given: cardWith({}, {}, { archived_on: '2026-01-01' }), expected: [] },
    { name: 'a program archived today', given: cardWith({}, {}, { archived_on: TODAY }), expected: [] },
    {
      name: 'a program that will be archived tomorrow',
      given: cardWith({}, {}, { archived_on: '2026-06-16' }),
      expected: [card('2026-06-16')],
    },
    {
      name: 'only the card of the enrollment',
      given: async (r, c) => {
        await cardWith({}, null)(r, c);
        await cardWith({}, {})(r, c);
      },
      expected: [card(null)],
    },
    {
      name: 'an enrollment without card',
      given: async (r, c) =>
        r.insert('program_enrollment', { customer_id: c, program_id: await r.insert('loyalty_program') }),
      expected: [],
    },
  ],
  'rule 6: LEGAL_HOLD': [
    {
      name: 'a hold in force',
      given: (r, c) => r.insert('legal_hold', { customer_id: c, set_on: '2026-06-01' }),
      expected: [
        {
          rule: 6,
          code: 'LEGAL_HOLD',
          module: 'customer',
          recordType: 'LEGAL_HOLD',
          recordNumber: null,
          date: '2026-06-01',
          clearsOn: null,
        },
      ],
    },
    {
      name: 'a lifted hold',
      given: (r, c) =>
        r.insert('legal_hold', {
          customer_id: c,
          lifted_at: '2026-06-01T10:00Z',
          lifted_by: '00000000-0000-7000-8000-000000000000',
        }),
      expected: [],
    },
  ],
  'all of them': [
    {
      name: 'every blocker at once, by rule, unpaid before recent, then by date and number',
      given: async (r, c) => {
        await r.insert('legal_hold', { customer_id: c });
        await cardWith({}, {})(r, c);
        await loanWith({ issued_on: '2026-03-02' })(r, c);
        await loanWith({ issued_on: '2026-03-01' })(r, c);
        await r.insert('care_case', { customer_id: c, status: 'OPEN', number: 'V-B' });
        await r.insert('care_case', { customer_id: c, status: 'OPEN', number: 'V-A' });
        await contractWith({ ends_on: null })(r, c);
        await r.insert('invoice', { customer_id: c, issued_on: '2026-06-02', number: 'R-2' });
        await r.insert('invoice', { customer_id: c, issued_on: '2026-06-01', number: 'R-3' });
      },
      expected: [
        { ...unpaid(), recordNumber: 'R-3' },
        { ...unpaid(), recordNumber: 'R-2' },
        { ...recent('2026-12-01'), recordNumber: 'R-3' },
        { ...recent('2026-12-02'), recordNumber: 'R-2' },
        contract(null),
        { code: 'OPEN_CARE_CASE', recordNumber: 'V-A' },
        { code: 'OPEN_CARE_CASE', recordNumber: 'V-B' },
        { ...loan(null), date: '2026-03-01' },
        { ...loan(null), date: '2026-03-02' },
        card(null),
        { code: 'LEGAL_HOLD' },
      ],
    },
  ],
};

describe('blockers', () => {
  let database: TestDatabase;
  let client: Client;
  let records: Records;

  beforeAll(async () => {
    database = await createTestDatabase();
    client = await database.look();
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await client.query('BEGIN');
    records = new Records(client);
  });
  afterEach(() => client.query('ROLLBACK'));

  async function judge(customerIds: string[], today: string, months: number) {
    const { rows } = await client.query<{ customer_id: string; blockers: Blocker[] }>(
      `WITH subject AS (SELECT unnest($1::uuid[]) AS customer_id) ${blockersBySubject('$2::date', '$3::int')}`,
      [customerIds, today, months],
    );
    return new Map(rows.map((row) => [row.customer_id, row.blockers]));
  }

  it('rule 0: CUSTOMER_MERGED, which names the target, precedes all others', async () => {
    const [source, target] = [await records.customer(), await records.customer({ customer_number: 'K-Target' })];
    await records.insert('legal_hold', { customer_id: source });
    await client.query(mergeStatement(source, target));
    const verdicts = await judge([source, target], TODAY, 6);
    expect(verdicts.get(source)).toEqual([
      {
        rule: 0,
        code: 'CUSTOMER_MERGED',
        module: 'customer',
        recordType: 'CUSTOMER',
        recordId: target,
        recordNumber: 'K-Target',
        date: null,
        clearsOn: null,
      },
      expect.objectContaining({ rule: 6, code: 'LEGAL_HOLD' }),
    ]);
    expect(verdicts.has(target)).toBe(false);
  });

  for (const [rule, cases] of Object.entries(CASES)) {
    describe(rule, () => {
      it.each(cases)('$name', async ({ given, expected, today = TODAY, months = 6 }) => {
        const customerId = await records.customer();
        const bystander = await records.customer();
        await given(records, customerId);
        const verdicts = await judge([customerId, bystander], today, months);
        const blockers = verdicts.get(customerId) ?? [];
        expect(blockers).toHaveLength(expected.length);
        expected.forEach((blocker, index) => expect(blockers[index]).toMatchObject(blocker));
        expect(verdicts.has(bystander)).toBe(false);
      });
    });
  }
});
