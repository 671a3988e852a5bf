import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { type DemoSummary, generateDemo } from '../../src/demo';
import { CsvFolder } from '../../src/demo/csv-folder';
import { IMPORT_COLUMNS } from '../../src/modules/import';

type Row = Record<string, string>;
type ImportFile =
  | 'branches'
  | 'cost_bearers'
  | 'customers'
  | 'addresses'
  | 'relationships'
  | 'cost_bearer_memberships'
  | 'health_insurance_cards'
  | 'marketing_consents'
  | 'bank_accounts'
  | 'care_cases'
  | 'invoices'
  | 'invoice_lines'
  | 'payments'
  | 'quotes'
  | 'receipts'
  | 'service_contracts'
  | 'stock_items'
  | 'device_loans'
  | 'loyalty_programs'
  | 'customer_cards'
  | 'program_enrollments'
  | 'loyalty_transactions'
  | 'archive_documents'
  | 'selections';

const TODAY = '2025-02-28';
const CUSTOMERS = 300;
const files = Object.keys(IMPORT_COLUMNS) as ImportFile[];

describe('generateDemo', () => {
  let directory: string;
  let summary: DemoSummary;
  const tables = {} as Record<ImportFile, Row[]>;

  const generate = async (customers = CUSTOMERS, seed = 7): Promise<string> => {
    const folder = mkdtempSync(join(tmpdir(), 'lethe-demo-'));
    summary = await generateDemo({ directory: folder, columns: IMPORT_COLUMNS, customers, seed, today: TODAY });
    return folder;
  };

  beforeAll(async () => {
    directory = await generate();
    for (const file of files) {
      tables[file] = parse<Row>(readFileSync(join(directory, `${file}.csv`)), { columns: true });
    }
  });

  afterAll(() => rmSync(directory, { recursive: true }));

  const values = (file: ImportFile, column: string): string[] =>
    tables[file].map((row) => row[column] ?? '').filter((value) => value !== '');

  it('writes the same bytes for the same options, and others for another seed', async () => {
    const [twin, other] = [await generate(), await generate(CUSTOMERS, 8)];
    const contents = (folder: string): Record<string, string> =>
      Object.fromEntries(
        readdirSync(folder, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name))
          .map((path) => [path.slice(folder.length), readFileSync(path, 'latin1')]),
      );
    expect(contents(twin)).toEqual(contents(directory));
    expect(contents(other)).not.toEqual(contents(directory));
    for (const folder of [twin, other]) rmSync(folder, { recursive: true });
  });

  it('writes as many customers as asked for, with 25 to 35 rows each', () => {
    expect(summary.customers).toBe(CUSTOMERS);
    expect(tables.customers).toHaveLength(CUSTOMERS);
    const rows = files.reduce((sum, file) => sum + tables[file].length, 0);
    expect(rows / CUSTOMERS).toBeGreaterThan(25);
    expect(rows / CUSTOMERS).toBeLessThan(35);
  });

  it.each([1, 2, 26])('generates a chain with %i customers', async (customers) => {
    const folder = await generate(customers);
    const requests = parse<Row>(readFileSync(join(folder, 'selections.csv')), { columns: true });
    expect(requests.filter(({ name }) => name === 'Löschanfragen')).toHaveLength(Math.min(25, customers));
    rmSync(folder, { recursive: true });
  });

  it('fills columns without a rule of their own with the sample, and only columns of the import', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lethe-demo-'));
    const csv = await CsvFolder.create(folder, { cards: { number: null, colour: 'Beispiel' } });
    csv.add('cards', { number: 'C-1' });
    csv.add('cards', { number: 'C-2', colour: null });
    expect(() => csv.add('cards', { shade: 'red' })).toThrow('no column shade in cards');
    expect(() => csv.add('cups', {})).toThrow('no file cups');
    await csv.close();
    expect(readFileSync(join(folder, 'cards.csv'), 'utf8')).toBe('number,colour\nC-1,Beispiel\nC-2,\n');
    rmSync(folder, { recursive: true });
  });

  it.each(files)('uses every column of %s.csv', (file) => {
    for (const column of Object.keys(IMPORT_COLUMNS[file]!))
      expect([column, values(file, column).length]).not.toEqual([column, 0]);
  });

  it.each<[ImportFile, string[]]>([
    ['branches', ['code', 'name']],
    ['cost_bearers', ['ik', 'name']],
    ['customers', ['customer_number', 'branch_code', 'status']],
    ['addresses', ['customer_number', 'type']],
    ['relationships', ['customer_number', 'related_customer_number', 'kind']],
    ['cost_bearer_memberships', ['customer_number', 'cost_bearer_ik', 'valid_from']],
    ['health_insurance_cards', ['customer_number', 'cost_bearer_ik']],
    ['marketing_consents', ['customer_number', 'channel', 'granted_on']],
    ['bank_accounts', ['customer_number', 'position']],
    ['care_cases', ['number', 'customer_number', 'branch_code', 'type', 'status', 'opened_on']],
    ['invoices', ['number', 'customer_number', 'branch_code', 'kind', 'status', 'net', 'tax', 'gross']],
    ['invoice_lines', ['invoice_number', 'position', 'quantity', 'amount']],
    ['payments', ['invoice_number', 'kind', 'paid_on', 'amount']],
    ['quotes', ['number', 'customer_number', 'branch_code', 'status', 'issued_on', 'gross']],
    ['receipts', ['number', 'customer_number', 'branch_code', 'issued_at', 'gross']],
    ['service_contracts', ['number', 'customer_number', 'status', 'starts_on', 'auto_renew']],
    ['stock_items', ['serial_number', 'owner', 'status']],
    ['device_loans', ['customer_number', 'serial_number', 'kind', 'issued_on']],
    ['loyalty_programs', ['code', 'name']],
    ['customer_cards', ['number', 'customer_number']],
    ['program_enrollments', ['customer_number', 'program_code', 'starts_on']],
    ['loyalty_transactions', ['customer_number', 'program_code', 'occurred_at', 'points', 'amount']],
    ['archive_documents', ['customer_number', 'type', 'retention_class', 'created_on', 'file']],
    ['selections', ['name', 'customer_number']],
  ])('fills the required columns of %s.csv', (file, required) => {
    for (const row of tables[file])
      for (const column of required) expect([column, row[column]]).not.toEqual([column, '']);
  });

  it('names every customer, issued document and resolved loan completely', () => {
    expect(tables.customers.filter((row) => !row['last_name'] && !row['company_name'])).toEqual([]);
    expect(tables.invoices.filter((row) => row['status'] === 'ISSUED' && !row['issued_on'])).toEqual([]);
    expect(tables.device_loans.filter((row) => !row['resolution'] !== !row['resolved_on'])).toEqual([]);
    expect(tables.care_cases.filter((row) => (row['status'] === 'OPEN') !== !row['closed_on'])).toEqual([]);
  });

  it.each<[ImportFile, string, string]>([
    ['customers', 'status', 'ACTIVE DECEASED DELETED'],
    ['addresses', 'type', 'RESIDENTIAL DELIVERY INVOICE OTHER'],
    ['marketing_consents', 'channel', 'POST EMAIL SMS PHONE'],
    ['care_cases', 'type', 'FITTING COCHLEA EARMOULD CAMPAIGN REPAIR SERVICE GLASSES CONTACT_LENS REFRACTION OTHER'],
    ['care_cases', 'status', 'OPEN COMPLETED CANCELLED'],
    ['invoices', 'kind', 'INVOICE CREDIT_NOTE'],
    ['invoices', 'status', 'DRAFT ISSUED'],
    ['payments', 'kind', 'PAYMENT REFUND WRITE_OFF'],
    ['payments', 'method', 'CASH CARD TRANSFER DIRECT_DEBIT CHEQUE VOUCHER COST_BEARER OTHER'],
    ['quotes', 'status', 'OPEN ACCEPTED ENDED'],
    ['service_contracts', 'status', 'DRAFT SIGNED'],
    ['service_contracts', 'auto_renew', 'true false'],
    ['stock_items', 'owner', 'SHOP CUSTOMER'],
    ['stock_items', 'status', 'IN_STOCK AT_CUSTOMER IN_TRANSIT RETURNED IN_REPAIR'],
    ['device_loans', 'kind', 'TRIAL LOANER'],
    ['device_loans', 'resolution', 'RETURNED SOLD WRITTEN_OFF'],
    ['archive_documents', 'retention_class', 'NONE BUSINESS_LETTER VOUCHER MEDICAL_DEVICE'],
  ])('uses exactly the values of %s.%s', (file, column, expected) => {
    expect([...new Set(values(file, column))].sort()).toEqual(expected.split(' ').sort());
  });

  it.each<[ImportFile, string[]]>([
    ['branches', ['code']],
    ['cost_bearers', ['ik']],
    ['customers', ['customer_number']],
    ['relationships', ['customer_number', 'related_customer_number', 'kind']],
    ['marketing_consents', ['customer_number', 'channel']],
    ['bank_accounts', ['customer_number', 'position']],
    ['bank_accounts', ['iban']],
    ['care_cases', ['number']],
    ['invoices', ['number']],
    ['invoice_lines', ['invoice_number', 'position']],
    ['quotes', ['number']],
    ['receipts', ['number']],
    ['service_contracts', ['number']],
    ['stock_items', ['serial_number']],
    ['loyalty_programs', ['code']],
    ['customer_cards', ['number']],
    ['archive_documents', ['file']],
    ['selections', ['name', 'customer_number']],
  ])('uses every key of %s %j once', (file, columns) => {
    const keys = tables[file].map((row) => columns.map((column) => row[column]).join('|'));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('gives no customer two residential addresses, and some of them none', () => {
    const homes = tables.addresses.filter(({ type }) => type === 'RESIDENTIAL').map((row) => row['customer_number']);
    expect(new Set(homes).size).toBe(homes.length);
    expect(homes.length).toBeLessThan(CUSTOMERS);
  });

  it.each<[string, ImportFile, string]>([
    ['customer_number', 'customers', 'customer_number'],
    ['related_customer_number', 'customers', 'customer_number'],
    ['branch_code', 'branches', 'code'],
    ['cost_bearer_ik', 'cost_bearers', 'ik'],
    ['invoice_number', 'invoices', 'number'],
    ['credits_number', 'invoices', 'number'],
    ['care_case_number', 'care_cases', 'number'],
    ['program_code', 'loyalty_programs', 'code'],
    ['card_number', 'customer_cards', 'number'],
  ])('refers with %s only to %s.%s that exist', (column, target, key) => {
    const known = new Set(values(target, key));
    const references = files.flatMap((file) => values(file, column));
    expect(references.length).toBeGreaterThan(0);
    expect(references.filter((reference) => !known.has(reference))).toEqual([]);
  });

  it('lends only devices in stock, and keeps references within one customer', () => {
    const devices = new Set(values('stock_items', 'serial_number'));
    expect(values('device_loans', 'serial_number').filter((serial) => !devices.has(serial))).toEqual([]);
    const owners = (file: ImportFile, key: string) =>
      new Map(tables[file].map((row) => [row[key], row['customer_number']]));
    const isForeign = (file: ImportFile, key: string, column: string) => {
      const owner = owners(file, key);
      return (row: Row): boolean => row[column] !== '' && owner.get(row[column]) !== row['customer_number'];
    };
    expect(tables.invoices.filter(isForeign('care_cases', 'number', 'care_case_number'))).toEqual([]);
    expect(tables.invoices.filter(isForeign('invoices', 'number', 'credits_number'))).toEqual([]);
    expect(tables.program_enrollments.filter(isForeign('customer_cards', 'number', 'card_number'))).toEqual([]);
    expect(tables.loyalty_transactions.filter(isForeign('customer_cards', 'number', 'card_number'))).toEqual([]);
  });

  it('writes money, dates and instants in the format of docs/import.md', () => {
    for (const file of files) {
      for (const column of Object.keys(IMPORT_COLUMNS[file]!)) {
        const format = /^(net|tax|gross|amount)$/.test(column)
          ? /^\d+\.\d\d$/
          : /(_on|_from|_to|_until|_date)$/.test(column)
            ? /^\d{4}-\d\d-\d\d$/
            : column.endsWith('_at')
              ? /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0[12]:00$/
              : null;
        if (format) expect(values(file, column).filter((value) => !format.test(value))).toEqual([]);
      }
    }
  });

  it('adds up: net and tax to gross at 7 or 19 %, lines to gross', () => {
    const lines = sumBy(tables.invoice_lines, 'invoice_number', ({ amount }) => cents(amount));
    for (const { number, net, tax, gross } of tables.invoices) {
      expect(cents(net) + cents(tax)).toBe(cents(gross));
      expect([1.07, 1.19].some((rate) => Math.abs(cents(net) - cents(gross) / rate) <= 0.5)).toBe(true);
      expect([number, lines.get(number ?? '')]).toEqual([number, cents(gross)]);
      expect(cents(gross)).toBeGreaterThan(0);
    }
    expect(values('payments', 'amount').filter((amount) => cents(amount) === 0)).toEqual([]);
  });

  it('credits only issued invoices, and never more than they amount to', () => {
    const credited = sumBy(tables.invoices, 'credits_number', ({ gross }) => cents(gross));
    credited.delete('');
    expect(credited.size).toBeGreaterThan(0);
    for (const [number, amount] of credited) {
      const invoice = tables.invoices.find((row) => row['number'] === number);
      expect(invoice).toMatchObject({ kind: 'INVOICE', status: 'ISSUED' });
      expect(amount).toBeLessThanOrEqual(cents(invoice?.['gross']));
    }
    const kinds = tables.invoices.filter((row) => row['credits_number']).map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(['CREDIT_NOTE']));
  });

  it('uses only fictitious addresses, banks and numbers', () => {
    expect(
      values('customers', 'email').filter((email) => !/^[a-z0-9.-]+@([a-z]+\.)?example(\.org|\.net)?$/.test(email)),
    ).toEqual([]);
    const ibans = [...values('bank_accounts', 'iban'), ...values('payments', 'iban')];
    const rest = (iban: string): bigint => BigInt(`${iban.slice(4)}1314${iban.slice(2, 4)}`) % 97n;
    expect(ibans.filter((iban) => !/^DE\d{2}999\d{15}$/.test(iban) || rest(iban) !== 1n)).toEqual([]);
    const reserved =
      /^(03023125\d{3}|06990009\d{3}|04066969\d{3}|02214710\d{3}|08999998\d{3}|01713920\d{3}|017604069\d{3}|015228817386)$/;
    const phones = [...values('customers', 'phone'), ...values('customers', 'mobile'), ...values('addresses', 'phone')];
    const digits = phones.map((phone) => phone.replace('+49 ', '0').replace(/\D/g, ''));
    expect(digits.filter((number) => !reserved.test(number))).toEqual([]);
  });

  it('archives files that name their customer', () => {
    const names = new Map(
      tables.customers.map((row) => [row['customer_number'], row['company_name'] || row['last_name'] || '']),
    );
    for (const row of tables.archive_documents) {
      const content = readFileSync(
        join(directory, row['file'] ?? ''),
        row['file']?.endsWith('.pdf') ? 'latin1' : 'utf8',
      );
      expect(content).toContain(names.get(row['customer_number']));
    }
  });

  it('saves the selections, with the members that their names promise', () => {
    expect(new Set(values('selections', 'name'))).toEqual(new Set(summary.selections));
    const members = (name: string) =>
      tables.selections.filter((row) => row['name'] === name).map((row) => row['customer_number'] ?? '');
    expect(members('Alle Kunden')).toHaveLength(CUSTOMERS);
    expect(members('Verstorbene')).toEqual(numbersOf(tables.customers.filter(({ status }) => status === 'DECEASED')));
    expect(members('Kunden aus Köln')).toEqual(
      numbersOf(tables.addresses.filter(({ type, city }) => type === 'RESIDENTIAL' && city === 'Köln')),
    );
    const invoiced = new Set(
      numbersOf(
        tables.invoices.filter(
          (row) => row['kind'] === 'INVOICE' && row['status'] === 'ISSUED' && (row['issued_on'] ?? '') >= '2017-02-28',
        ),
      ),
    );
    expect(members('Ohne Rechnung seit 8 Jahren')).toEqual(
      numbersOf(tables.customers).filter((number) => !invoiced.has(number)),
    );
    expect(members('Löschanfragen')).toHaveLength(25);
    const blockers = judge(tables);
    expect(members('Löschanfragen').some((number) => blockers.has(number))).toBe(true);
  });

  it('leaves most customers ready, and blocks the others for every possible reason', () => {
    const blockers = judge(tables);
    const share = 1 - blockers.size / CUSTOMERS;
    expect(share).toBeGreaterThanOrEqual(0.6);
    expect(share).toBeLessThanOrEqual(0.8);
    const kinds = new Set([...blockers.values()].flatMap((codes) => [...codes]));
    expect([...kinds].sort()).toEqual([
      'ACTIVE_PROGRAM_CARD',
      'OPEN_CARE_CASE',
      'OVERPAID',
      'RECENT_CREDIT_NOTE',
      'RECENT_INVOICE',
      'RUNNING_SERVICE_CONTRACT',
      'SELF_RENEWING_CONTRACT',
      'STANDALONE_CREDIT_NOTE',
      'UNDERPAID',
      'UNRETURNED_LOANER',
      'UNRETURNED_TRIAL',
    ]);
    // a customer with everything has either a standalone credit note or one that overpaid its invoice
    const withEverything = [...blockers.values()].filter((codes) => codes.size >= kinds.size - 1);
    expect(withEverything.length).toBeGreaterThan(0);
  });
});

const cents = (euros: string | undefined): number => Math.round(Number(euros) * 100);
const numbersOf = (rows: readonly Row[]): string[] => rows.map((row) => row['customer_number'] ?? '');

function sumBy(rows: readonly Row[], column: string, amount: (row: Row) => number): Map<string, number> {
  const sums = new Map<string, number>();
  for (const row of rows) sums.set(row[column] ?? '', (sums.get(row[column] ?? '') ?? 0) + amount(row));
  return sums;
}

/**
 * Rules 1 to 5 (docs/concepts.md#rules), implemented by hand. A document of 31.08. + 6 months = 28.02. is just no
 * longer recent on 2025-02-28.
 */
function judge(tables: Record<ImportFile, Row[]>): Map<string, Set<string>> {
  const blockers = new Map<string, Set<string>>();
  const block = (rows: readonly Row[], code: string): void => {
    for (const number of numbersOf(rows)) blockers.set(number, (blockers.get(number) ?? new Set()).add(code));
  };
  const isNotOver = (date: string | undefined): boolean => !date || date >= TODAY;

  const issued = tables.invoices.filter(({ status }) => status === 'ISSUED');
  const groupOf = new Map(issued.map((row) => [row['number'] ?? '', row['credits_number'] || (row['number'] ?? '')]));
  const balances = new Map<string, number>();
  const bookOn = (number: string | undefined, amount: number): void => {
    const group = groupOf.get(number ?? '') ?? '';
    balances.set(group, (balances.get(group) ?? 0) + amount);
  };
  for (const { number, kind, gross } of issued) bookOn(number, kind === 'INVOICE' ? cents(gross) : -cents(gross));
  for (const row of tables.payments.filter((payment) => (payment['paid_on'] ?? '') <= TODAY)) {
    bookOn(row['invoice_number'], row['kind'] === 'REFUND' ? cents(row['amount']) : -cents(row['amount']));
  }
  const balanceOf = (row: Row): number => balances.get(row['number'] ?? '') ?? 0;
  const invoices = issued.filter(({ kind }) => kind === 'INVOICE');
  block(
    invoices.filter((row) => balanceOf(row) > 0),
    'UNDERPAID',
  );
  block(
    invoices.filter((row) => balanceOf(row) < 0),
    'OVERPAID',
  );
  const standalone = issued.filter((row) => row['kind'] === 'CREDIT_NOTE' && !row['credits_number']);
  block(
    standalone.filter((row) => balanceOf(row) !== 0),
    'STANDALONE_CREDIT_NOTE',
  );
  const credited = sumBy(issued, 'credits_number', ({ gross }) => cents(gross));
  const recent = issued.filter((row) => (row['issued_on'] ?? '') > '2024-08-31');
  const isOpen = (row: Row): boolean =>
    row['kind'] === 'INVOICE' && credited.get(row['number'] ?? '') !== cents(row['gross']);
  block(recent.filter(isOpen), 'RECENT_INVOICE');
  block(
    recent.filter(({ kind }) => kind === 'CREDIT_NOTE'),
    'RECENT_CREDIT_NOTE',
  );

  const contracts = tables.service_contracts.filter((row) => row['status'] === 'SIGNED' && !row['voided_on']);
  const isRenewing = (row: Row): boolean => row['auto_renew'] === 'true' && !row['termination_effective_on'];
  block(contracts.filter(isRenewing), 'SELF_RENEWING_CONTRACT');
  block(
    contracts.filter((row) => !isRenewing(row) && isNotOver(row['termination_effective_on'] || row['ends_on'])),
    'RUNNING_SERVICE_CONTRACT',
  );

  block(
    tables.care_cases.filter(({ status }) => status === 'OPEN'),
    'OPEN_CARE_CASE',
  );
  const out = tables.device_loans.filter((row) => !row['resolution'] || (row['resolved_on'] ?? '') > TODAY);
  block(
    out.filter(({ kind }) => kind === 'TRIAL'),
    'UNRETURNED_TRIAL',
  );
  block(
    out.filter(({ kind }) => kind === 'LOANER'),
    'UNRETURNED_LOANER',
  );

  const running = tables.loyalty_programs.filter((row) => !row['archived_on'] && isNotOver(row['ends_on']));
  const cards = tables.customer_cards.filter((row) => !row['invalidated_on']).map(({ number }) => number);
  block(
    tables.program_enrollments.filter(
      (row) =>
        cards.includes(row['card_number']) &&
        isNotOver(row['ends_on']) &&
        running.some(({ code }) => code === row['program_code']),
    ),
    'ACTIVE_PROGRAM_CARD',
  );
  return blockers;
}
