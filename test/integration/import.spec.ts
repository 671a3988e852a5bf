import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Client } from 'pg';
import { v7 } from 'uuid';
import { anonymizedLabel } from '../../src/kernel/personal-data';
import { ArchiveKeys, LocalContentStore } from '../../src/modules/archive';
import { decryptStream } from '../../src/modules/archive/crypto/content-cipher';
import { formatImportError, importFolder, type ImportReport, ImportRefused } from '../../src/modules/import';
import { auditEntryOf, writeEntries } from '../support/audit-entry';
import { mergeStatement } from '../support/merge-statement';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { until } from '../support/until';

type Files = Readonly<Record<string, string | Buffer>>;

const KEY_ENCRYPTION_KEY = Buffer.alloc(32, 7);
const LETTER = 'Sehr geehrte Frau Köhler, Ihr Hörtest …\n';

/** One row or more in every file. */
const EVERY_FILE: Files = {
  'branches.csv': 'code,name\nS1,Stuttgart\n',
  'cost_bearers.csv': 'ik,name\n101,Kasse Süd\n',
  'customers.csv': `customer_number,branch_code,status,first_name,last_name,company_name,birth_date,email,phone,note
C1,S1,ACTIVE,Leonie,Köhler,,1951-02-28,leonie@example.org,+49 711 28422,"says ""hello"", twice"
C2,S1,DECEASED,Otto,Weiß,,,,,
C3,S1,DELETED,,,Optik GmbH,,,,
`,
  'addresses.csv':
    'customer_number,type,street,postal_code,city\nC1,RESIDENTIAL,Seestraße 1,70174,Stuttgart\nC1,OTHER,,,\n',
  'relationships.csv': 'customer_number,related_customer_number,kind\nC1,C2,SPOUSE\n',
  'cost_bearer_memberships.csv': 'customer_number,cost_bearer_ik,member_number,valid_from\nC1,101,M-1,2020-01-01\n',
  'health_insurance_cards.csv': 'customer_number,cost_bearer_ik,insured_number\nC1,101,A1\n',
  'marketing_consents.csv': 'customer_number,channel,granted_on\nC1,EMAIL,2020-01-01\n',
  'bank_accounts.csv': 'customer_number,position,iban\nC1,1,DE00\nC1,2,DE01\n',
  'care_cases.csv': 'number,customer_number,branch_code,type,status,opened_on\nV1,C1,S1,FITTING,OPEN,2024-02-29\n',
  // the credit note precedes the invoice that it credits
  'invoices.csv': `number,customer_number,branch_code,kind,credits_number,status,issued_on,cost_bearer_ik,care_case_number,net,tax,gross
G1,C1,S1,CREDIT_NOTE,R1,ISSUED,2024-03-02,,,100,19,119
R1,C1,S1,INVOICE,,ISSUED,2024-03-01,101,V1,1000.00,190.00,1190.5
R2,C1,S1,INVOICE,,DRAFT,,,,0,0,0
`,
  'invoice_lines.csv': 'invoice_number,position,article,amount\nR1,1,Hörgerät,1190.50\nR1,2,Rabatt,-0.50\n',
  'payments.csv': `invoice_number,kind,paid_on,amount,method
R1,PAYMENT,2024-03-05,10,cash
R1,PAYMENT,2024-03-06,10,Bitcoin
R1,PAYMENT,2024-03-07,10,
`,
  'quotes.csv': 'number,customer_number,branch_code,status,issued_on,gross\nA1,C1,S1,OPEN,2024-01-01,5\n',
  'receipts.csv': 'number,customer_number,branch_code,issued_at,gross\nB1,C1,S1,2024-01-01T23:30:00+01:00,-7.25\n',
  'service_contracts.csv':
    'number,customer_number,status,starts_on,auto_renew\nS-1,C1,SIGNED,2024-01-01,true\nS-2,C1,DRAFT,2024-01-01,\n',
  'stock_items.csv': 'serial_number,owner,customer_number,status\nSN1,SHOP,,IN_STOCK\nSN2,CUSTOMER,C1,IN_REPAIR\n',
  'device_loans.csv':
    'customer_number,serial_number,kind,issued_on,resolution,resolved_on\nC1,SN1,TRIAL,2024-01-01,RETURNED,2024-02-01\n',
  'loyalty_programs.csv': 'code,name\nP1,Bonus\n',
  'customer_cards.csv': 'number,customer_number\nCARD1,C1\n',
  'program_enrollments.csv': 'customer_number,program_code,card_number,starts_on\nC1,P1,CARD1,2024-01-01\n',
  'loyalty_transactions.csv':
    'customer_number,program_code,occurred_at,points,amount\nC1,P1,2024-01-01T10:00:00Z,-5,-1.10\n',
  'archive_documents.csv': `customer_number,type,title,file_name,retention_class,created_on,file
C1,LETTER,Brief,brief.txt,BUSINESS_LETTER,2024-05-01,papers/letter.txt
C1,SCAN,,,NONE,2024-05-01,
C2,LETTER,Brief,brief.txt,BUSINESS_LETTER,2024-05-01,papers/letter.txt
`,
  'papers/letter.txt': LETTER,
  'readme.txt': 'not a CSV file',
  'selections.csv': 'name,customer_number\nAlle,C1\nAlle,C2\nAlle,C1\n',
};
const ROWS = { customers: 3, addresses: 2, bank_accounts: 2, invoices: 3, invoice_lines: 2, payments: 3 };

let database: TestDatabase;
let client: Client;
let parent: string;
let contents: LocalContentStore;
const clients: Client[] = [];

async function connect(): Promise<Client> {
  const connected = new Client(database.as('lethe_app'));
  clients.push(connected);
  await connected.connect();
  return connected;
}

async function folder(files: Files): Promise<string> {
  const path = await mkdtemp(join(parent, 'folder-'));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), content);
  }
  return path;
}

async function run(files: Files, { update = false, by = client } = {}): Promise<ImportReport> {
  return importFolder({ client: by, contents, keyEncryptionKey: KEY_ENCRYPTION_KEY }, await folder(files), { update });
}

/** The printed errors of a refused import. */
async function errorsOf(files: Files, options: { update?: boolean; by?: Client } = {}): Promise<string[]> {
  const refusal: unknown = await run(files, options).catch((error: unknown) => error);
  if (!(refusal instanceof ImportRefused)) throw refusal;
  return refusal.errors.map(formatImportError);
}

async function rows(sql: string, parameters: unknown[] = []): Promise<unknown[]> {
  return (await client.query<Record<string, unknown>>(sql, parameters)).rows;
}

async function tableCounts(): Promise<unknown> {
  return rows(`SELECT table_name, (xpath('/row/c/text()', query_to_xml(format('SELECT count(*) AS c FROM %I.%I', table_schema, table_name),
    false, true, '')))[1]::text AS count FROM information_schema.tables WHERE table_schema IN ('public', 'audit') ORDER BY 1`);
}

async function filesBelow(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

async function newDatabase(): Promise<void> {
  database = await createTestDatabase();
  client = await connect();
  parent = await mkdtemp(join(tmpdir(), 'import-'));
  contents = await LocalContentStore.open(join(parent, 'contents'));
}

async function dropDatabase(): Promise<void> {
  for (const each of clients.splice(0)) await each.end();
  await database.drop();
  await rm(parent, { recursive: true });
}

/** Anonymizes a customer in the current transaction. */
async function anonymize(by: Client, customerNumber: string): Promise<void> {
  const { rows: employees } = await by.query<{ id: string }>(
    `INSERT INTO employee (username, display_name, role, password_hash)
     VALUES (gen_random_uuid(), 'Erika Beispiel', 'ADMINISTRATOR', 'x') RETURNING id`,
  );
  const { rows: customers } = await by.query<{ id: string }>('SELECT id FROM customer WHERE customer_number = $1', [
    customerNumber,
  ]);
  const [actorId, customerId, runId] = [employees[0]!.id, customers[0]!.id, v7()];
  await writeEntries(
    by,
    ['finance', 'device', 'loyalty', 'archive', 'customer'].map((module) =>
      auditEntryOf({ action: 'CUSTOMER_DATA_ANONYMIZED', outcome: 'SUCCEEDED', module, actorId, customerId, runId }),
    ),
  );
  await by.query(
    `UPDATE customer SET status = 'DELETED', last_name = $4, salutation = NULL, title = NULL, first_name = NULL, birth_name = NULL,
       company_name = NULL, birth_date = NULL, gender = NULL, email = NULL, phone = NULL, mobile = NULL, note = NULL, physician = NULL,
       anonymized_at = now(), anonymized_by = $2, anonymization_run_id = $3
     WHERE id = $1`,
    [customerId, actorId, runId, anonymizedLabel('2026-11-23', 'Erika Beispiel')],
  );
}

describe('a folder with every file', () => {
  let report: ImportReport;

  beforeAll(async () => {
    await newDatabase();
    report = await run(EVERY_FILE);
  });
  afterAll(dropDatabase);

  it('reports the rows of each file and unknown payment methods', async () => {
    expect(Object.keys(report.rows).sort()).toEqual(
      Object.keys(EVERY_FILE)
        .flatMap((name) => /^(\w+)\.csv$/.exec(name)?.[1] ?? [])
        .sort(),
    );
    expect(report.rows).toMatchObject(ROWS);
    expect(report.unlistedPaymentMethods).toBe(1);
    expect(await rows('SELECT method FROM payment ORDER BY id')).toEqual([
      { method: 'CASH' },
      { method: 'OTHER' },
      { method: null },
    ]);
  });

  it('stores the values of the cells', async () => {
    expect(
      await rows(`SELECT c.customer_number, b.code, c.status, c.first_name, c.birth_date::text, c.note, c.version FROM customer c
        JOIN branch b ON b.id = c.branch_id WHERE customer_number = 'C1'`),
    ).toEqual([
      {
        customer_number: 'C1',
        code: 'S1',
        status: 'ACTIVE',
        first_name: 'Leonie',
        birth_date: '1951-02-28',
        note: 'says "hello", twice',
        version: 1,
      },
    ]);
    expect(
      await rows(`SELECT i.number, i.gross, n.number AS credits, v.number AS case, k.ik FROM invoice i LEFT JOIN invoice n ON n.id = i.credits_id
        LEFT JOIN care_case v ON v.id = i.care_case_id LEFT JOIN cost_bearer k ON k.id = i.cost_bearer_id ORDER BY 1`),
    ).toEqual([
      { number: 'G1', gross: '11900', credits: 'R1', case: null, ik: null },
      { number: 'R1', gross: '119050', credits: null, case: 'V1', ik: '101' },
      { number: 'R2', gross: '0', credits: null, case: null, ik: null },
    ]);
    expect(await rows('SELECT quantity, amount FROM invoice_line ORDER BY position')).toEqual([
      { quantity: '1', amount: '119050' },
      { quantity: '1', amount: '-50' },
    ]);
    expect(await rows('SELECT gross, issued_at FROM receipt')).toEqual([
      { gross: '-725', issued_at: new Date('2024-01-01T22:30:00Z') },
    ]);
    expect(await rows('SELECT auto_renew FROM service_contract ORDER BY number')).toEqual([
      { auto_renew: true },
      { auto_renew: false },
    ]);
    expect(
      await rows(
        'SELECT e.starts_on::text, c.number FROM program_enrollment e JOIN customer_card c ON c.id = e.card_id',
      ),
    ).toEqual([{ starts_on: '2024-01-01', number: 'CARD1' }]);
    expect(
      await rows(
        'SELECT s.name, count(*)::int FROM selection s JOIN selection_member m ON m.selection_id = s.id GROUP BY 1',
      ),
    ).toEqual([{ name: 'Alle', count: 2 }]);
  });

  it('encrypts the documents', async () => {
    const documents = await rows(
      `SELECT d.customer_id, d.content_id, d.size, d.media_type, d.retention_until::text, d.retention_class FROM archive_document d
       JOIN customer c ON c.id = d.customer_id ORDER BY c.customer_number, d.id`,
    );
    const letter = { size: `${Buffer.byteLength(LETTER)}`, media_type: 'text/plain', retention_until: '2030-12-31' };
    const none = { size: null, media_type: null, retention_until: null, content_id: null };
    expect(documents).toMatchObject([letter, none, letter]);

    const paths = await filesBelow(join(parent, 'contents'));
    expect(paths).toHaveLength(2);
    for (const path of paths) expect((await readFile(path)).includes('Hörtest')).toBe(false);

    const { customer_id: customerId, content_id: contentId } = documents[0] as Record<string, string>;
    const query = async <Row>(sql: string, parameters: readonly unknown[] = []) =>
      (await rows(sql, [...parameters])) as Row[];
    const owner = { customerId: customerId!, retentionClass: 'BUSINESS_LETTER' } as const;
    const keys = await new ArchiveKeys({ query }, KEY_ENCRYPTION_KEY).obtain([owner]);
    const opened = await buffer((await contents.open(contentId!)).pipe(decryptStream(keys.keyOf(owner), contentId!)));
    expect(opened.toString()).toBe(LETTER);
  });

  it('makes the customers searchable, however their values are spelled', async () => {
    const find = async (typed: string) => {
      const found = await rows(
        `SELECT c.customer_number FROM customer_search s JOIN customer c ON c.id = s.customer_id
         WHERE s.terms LIKE ALL (SELECT '% ' || word || '%' FROM string_to_table(ltrim(search_fold($1)), ' ') AS word) ORDER BY 1`,
        [typed],
      );
      return found.map((row) => (row as { customer_number: string }).customer_number);
    };
    for (const typed of [
      'Köhler',
      'KOEHLER leonie',
      'kohl',
      'c1',
      '+49 711 28',
      '0711/284',
      '28422',
      'leonie@example.org',
      'leonie@ex',
      'Stutt',
      '7017',
      'seestrasse 1',
    ]) {
      expect([typed, await find(typed)]).toEqual([typed, ['C1']]);
    }
    expect(await find('Weiss')).toEqual(['C2']);
    expect(await find('optik gmbh')).toEqual(['C3']);
    expect(await find('ohler')).toEqual([]);
  });

  it('writes one entry with counts to the audit log', async () => {
    const [entry, ...more] = await rows(`SELECT content FROM audit.entry`);
    expect(more).toEqual([]);
    expect(entry).toMatchObject({
      content: { action: 'DATA_IMPORTED', module: 'platform', actorId: null, actorRole: null, details: { rows: ROWS } },
    });
  });
});

describe('an error', () => {
  const CUSTOMERS = 'customer_number,branch_code,status,last_name\n';
  const INVOICES =
    'number,customer_number,branch_code,kind,credits_number,status,issued_on,care_case_number,net,tax,gross\n';
  let before: unknown;

  beforeAll(async () => {
    await newDatabase();
    await run(EVERY_FILE);
    await run({
      'customers.csv': `${CUSTOMERS}GONE,S1,ACTIVE,Fort\nMERGED,S1,ACTIVE,Doppelt\n`,
      'invoices.csv': `${INVOICES}R-GONE,GONE,S1,INVOICE,,ISSUED,2020-01-01,,1,0,1\n`,
    });
    await client.query('BEGIN');
    await anonymize(client, 'GONE');
    await client.query('COMMIT');
    const idOf = async (number: string) =>
      (await client.query<{ id: string }>('SELECT id FROM customer WHERE customer_number = $1', [number])).rows[0]!.id;
    await client.query(mergeStatement(await idOf('MERGED'), await idOf('C1')));
    before = await tableCounts();
  });
  afterAll(dropDatabase);

  const text = (length: number) => 'ä'.repeat(length);
  const latin1 = Buffer.from(`${CUSTOMERS}N1,S1,ACTIVE,M\u00fcller\nN2,S1,ACTIVE,Meier\n`, 'latin1');
  const addresses = (row: string) => ({ 'addresses.csv': `customer_number,type,street\n${row}\n` });
  const customers = (row: string) => ({ 'customers.csv': `${CUSTOMERS}${row}\n` });
  const invoices = (row: string) => ({ 'invoices.csv': `${INVOICES}${row}\n` });
  const consents = (row: string) => ({ 'marketing_consents.csv': `customer_number,channel,granted_on\n${row}\n` });
  const loans = (row: string) => ({
    'device_loans.csv': `customer_number,serial_number,kind,issued_on,resolution,resolved_on\n${row}\n`,
  });
  const payments = (row: string) => ({ 'payments.csv': `invoice_number,kind,paid_on,amount\n${row}\n` });
  const documents = (row: string) => ({
    'archive_documents.csv': `customer_number,type,retention_class,created_on,file\n${row}\n`,
  });

  const cases: [name: string, files: Files, ...errors: string[]][] = [
    ['unknown file', { 'people.csv': 'a\n1\n' }, 'people.csv:1: -: UNKNOWN_FILE'],
    ['unknown column', { 'branches.csv': 'code,name,shoe_size\nX,Y,1\n' }, 'branches.csv:1: shoe_size: UNKNOWN_COLUMN'],
    [
      'no header',
      { 'branches.csv': 'X,Filiale X\n' },
      'branches.csv:1: -: UNKNOWN_COLUMN',
      'branches.csv:1: -: UNKNOWN_COLUMN',
      'branches.csv:1: code: MISSING_COLUMN',
      'branches.csv:1: name: MISSING_COLUMN',
    ],
    ['missing column', { 'branches.csv': 'code\nX\n' }, 'branches.csv:1: name: MISSING_COLUMN'],
    [
      'empty file',
      { 'selections.csv': '' },
      'selections.csv:1: name: MISSING_COLUMN',
      'selections.csv:1: customer_number: MISSING_COLUMN',
    ],
    ['column twice', { 'branches.csv': 'code,name,code\nX,Y,X\n' }, 'branches.csv:1: code: DUPLICATE_COLUMN'],
    ['too many cells', { 'branches.csv': 'code,name\nX,Y\nZ,Y,1\n' }, 'branches.csv:3: -: COLUMN_COUNT'],
    ['open quote', { 'branches.csv': 'code,name\nX,Y\nZ,"Y\nA,B\n' }, 'branches.csv:3: -: MALFORMED_CSV'],
    ['quote in a cell', { 'branches.csv': 'code,name\nX,Y\nZ,Y"Y"\n' }, 'branches.csv:3: -: MALFORMED_CSV'],
    ['not UTF-8', { 'customers.csv': latin1 }, 'customers.csv:2: last_name: INVALID_ENCODING'],
    ['NUL', customers('N1,S1,ACTIVE,A\0B'), 'customers.csv:2: last_name: INVALID_CHARACTER'],
    ['required', customers(',S1,ACTIVE,X'), 'customers.csv:2: customer_number: REQUIRED'],
    ['no branch', customers('N1,,ACTIVE,X'), 'customers.csv:2: branch_code: REQUIRED'],
    ['no name', customers('N1,S1,ACTIVE,'), 'customers.csv:2: last_name: REQUIRED'],
    ['list', customers('N1,S1,active,X'), 'customers.csv:2: status: INVALID_VALUE'],
    ['too long', customers(`N1,S1,ACTIVE,${text(201)}`), 'customers.csv:2: last_name: TOO_LONG'],
    ['date', consents('C1,EMAIL,2023-02-29'), 'marketing_consents.csv:2: granted_on: INVALID_DATE'],
    ['date as written here', consents('C1,EMAIL,28.02.2023'), 'marketing_consents.csv:2: granted_on: INVALID_DATE'],
    ['year 0', consents('C1,EMAIL,0000-01-01'), 'marketing_consents.csv:2: granted_on: INVALID_DATE'],
    [
      'instant without offset',
      { 'receipts.csv': 'number,customer_number,issued_at,gross\nX,C1,2024-01-01T10:00:00,1\n' },
      'receipts.csv:2: issued_at: INVALID_INSTANT',
    ],
    ['amount', payments('R1,PAYMENT,2024-01-01,"1,50"'), 'payments.csv:2: amount: INVALID_AMOUNT'],
    ['three decimals', payments('R1,PAYMENT,2024-01-01,1.500'), 'payments.csv:2: amount: INVALID_AMOUNT'],
    ['negative amount', payments('R1,PAYMENT,2024-01-01,-1'), 'payments.csv:2: amount: NEGATIVE_AMOUNT'],
    ['huge amount', payments('R1,PAYMENT,2024-01-01,99999999999999999'), 'payments.csv:2: amount: OUT_OF_RANGE'],
    [
      'integer',
      { 'bank_accounts.csv': 'customer_number,position\nC1,first\n' },
      'bank_accounts.csv:2: position: INVALID_INTEGER',
    ],
    [
      'number',
      { 'invoice_lines.csv': 'invoice_number,position,quantity,amount\nR1,9,many,1\n' },
      'invoice_lines.csv:2: quantity: INVALID_NUMBER',
    ],
    [
      'boolean',
      { 'service_contracts.csv': 'number,customer_number,status,starts_on,auto_renew\nX,C1,SIGNED,2024-01-01,ja\n' },
      'service_contracts.csv:2: auto_renew: INVALID_BOOLEAN',
    ],
    ['unknown customer', addresses('C9,OTHER,x'), 'addresses.csv:2: customer_number: UNKNOWN_REFERENCE'],
    ['unknown branch', customers('N1,S9,ACTIVE,X'), 'customers.csv:2: branch_code: UNKNOWN_REFERENCE'],
    [
      'customer number twice',
      customers('N1,S1,ACTIVE,X\nN1,S1,ACTIVE,Y'),
      'customers.csv:3: customer_number: DUPLICATE',
    ],
    ['stored customer number', customers('C1,S1,ACTIVE,X'), 'customers.csv:2: customer_number: DUPLICATE'],
    ['master data twice', { 'branches.csv': 'code,name\nX,Y\nX,Z\n' }, 'branches.csv:3: code: DUPLICATE'],
    [
      'second residential address',
      addresses('C1,RESIDENTIAL,x\nC2,RESIDENTIAL,x\nC2,RESIDENTIAL,y'),
      'addresses.csv:2: type: DUPLICATE',
      'addresses.csv:4: type: DUPLICATE',
    ],
    [
      'stored line',
      { 'invoice_lines.csv': 'invoice_number,position,amount\nR1,3,1\nR1,1,1\n' },
      'invoice_lines.csv:3: position: DUPLICATE',
    ],
    [
      'stored relationship',
      { 'relationships.csv': 'customer_number,related_customer_number,kind\nC1,C2,SPOUSE\n' },
      'relationships.csv:2: related_customer_number: DUPLICATE',
    ],
    [
      'related to oneself',
      { 'relationships.csv': 'customer_number,related_customer_number,kind\nC1,C1,SELF\n' },
      'relationships.csv:2: related_customer_number: NOT_ALLOWED',
    ],
    ['stored invoice', invoices('R1,C1,S1,INVOICE,,ISSUED,2024-01-01,,1,0,1'), 'invoices.csv:2: number: DUPLICATE'],
    ['issued without a date', invoices('X,C1,S1,INVOICE,,ISSUED,,,1,0,1'), 'invoices.csv:2: issued_on: REQUIRED'],
    [
      'invoice that credits',
      invoices('X,C1,S1,INVOICE,R1,ISSUED,2024-01-01,,1,0,1'),
      'invoices.csv:2: credits_number: NOT_ALLOWED',
    ],
    [
      'credit note for a credit note',
      invoices('X,C1,S1,CREDIT_NOTE,G1,ISSUED,2024-01-01,,1,0,1\nY,C1,S1,CREDIT_NOTE,X,DRAFT,,,1,0,1'),
      'invoices.csv:2: credits_number: CREDITS_A_CREDIT_NOTE',
      'invoices.csv:3: credits_number: CREDITS_A_CREDIT_NOTE',
    ],
    [
      'credit note for a draft',
      invoices('X,C1,S1,CREDIT_NOTE,R2,ISSUED,2024-01-01,,1,0,1'),
      'invoices.csv:2: credits_number: INVOICE_NOT_ISSUED',
    ],
    [
      "credit note for another's invoice",
      invoices('X,C2,S1,CREDIT_NOTE,R1,ISSUED,2024-01-01,,1,0,1'),
      'invoices.csv:2: credits_number: OTHER_CUSTOMER',
    ],
    [
      "another's care case",
      invoices('X,C2,S1,INVOICE,,ISSUED,2024-01-01,V1,1,0,1'),
      'invoices.csv:2: care_case_number: OTHER_CUSTOMER',
    ],
    [
      "another's card",
      {
        'customer_cards.csv': 'number,customer_number\nCARD2,C2\n',
        'program_enrollments.csv':
          'customer_number,program_code,card_number,starts_on\nC1,P1,CARD2,2024-01-01\nC2,P1,CARD1,2024-01-01\n',
      },
      'program_enrollments.csv:2: card_number: OTHER_CUSTOMER',
      'program_enrollments.csv:3: card_number: OTHER_CUSTOMER',
    ],
    ['payment of a draft', payments('R2,PAYMENT,2024-01-01,1'), 'payments.csv:2: invoice_number: INVOICE_NOT_ISSUED'],
    [
      'resolution without a date',
      loans('C1,SN1,TRIAL,2024-01-01,SOLD,\nC1,SN1,TRIAL,2024-01-01,,2024-01-01'),
      'device_loans.csv:2: resolved_on: REQUIRED',
      'device_loans.csv:3: resolution: REQUIRED',
    ],
    [
      "customer's device without a customer",
      { 'stock_items.csv': 'serial_number,owner,status\nX,CUSTOMER,IN_REPAIR\n' },
      'stock_items.csv:2: customer_number: REQUIRED',
    ],
    [
      "owner's name without an owner",
      {
        'stock_items.csv':
          'serial_number,owner,customer_number,owner_name,status\nX,SHOP,,Konrad Feldhuber,IN_STOCK\nY,SHOP,C1,Leonie Köhler,AT_CUSTOMER\n',
      },
      'stock_items.csv:2: customer_number: REQUIRED',
      'stock_items.csv:3: owner_name: NOT_ALLOWED',
    ],
    [
      'anonymized customer',
      { ...addresses('GONE,OTHER,x'), ...payments('R-GONE,PAYMENT,2024-01-01,1'), ...customers('GONE,S1,ACTIVE,Neu') },
      'customers.csv:2: customer_number: CUSTOMER_ANONYMIZED',
      'addresses.csv:2: customer_number: CUSTOMER_ANONYMIZED',
      'payments.csv:2: invoice_number: CUSTOMER_ANONYMIZED',
    ],
    ['merged customer', addresses('MERGED,OTHER,x'), 'addresses.csv:2: customer_number: CUSTOMER_MERGED'],
    [
      'document that is not there',
      documents('C1,SCAN,NONE,2024-01-01,missing.pdf'),
      'archive_documents.csv:2: file: FILE_NOT_FOUND',
    ],
    [
      'document outside of the folder',
      documents('C1,SCAN,NONE,2024-01-01,../contents\nC1,SCAN,NONE,2024-01-01,/etc/hostname'),
      'archive_documents.csv:2: file: FILE_NOT_FOUND',
      'archive_documents.csv:3: file: FILE_NOT_FOUND',
    ],
    ['fiscal copy', documents('C1,FISCAL_COPY,VOUCHER,2024-01-01,'), 'archive_documents.csv:2: type: NOT_ALLOWED'],
    ['sealed copy', documents('C1,SEALED_COPY,VOUCHER,2024-01-01,'), 'archive_documents.csv:2: type: NOT_ALLOWED'],
    [
      'all of them, in the order of files and lines',
      { ...customers('N1,S1,ACTIVE,\nN2,S9,alive,X'), ...addresses('N1,OTHER,x\nN3,OTHER,x'), 'x.csv': '' },
      'x.csv:1: -: UNKNOWN_FILE',
      'customers.csv:2: last_name: REQUIRED',
      'customers.csv:3: branch_code: UNKNOWN_REFERENCE',
      'customers.csv:3: status: INVALID_VALUE',
      'addresses.csv:3: customer_number: UNKNOWN_REFERENCE',
    ],
  ];

  it.each(cases)('%s', async (_name, files, ...errors) => {
    expect(await errorsOf(files)).toEqual(errors);
    expect(await tableCounts()).toEqual(before);
  });

  it.each([
    [
      'CRLF and a BOM',
      `\uFEFF${CUSTOMERS}N1,S1,ACTIVE,"a\nb"\nN2,S1,bad,"c\nd"\n\nN3,S1,bad,e\n`.replaceAll('\n', '\r\n'),
    ],
    ['LF', `${CUSTOMERS}N1,S1,ACTIVE,"a\nb"\nN2,S1,bad,"c\nd"\n\nN3,S1,bad,e`],
  ])('is reported with the line on which the record begins: %s', async (_name, file) => {
    expect(await errorsOf({ 'customers.csv': file })).toEqual([
      'customers.csv:4: status: INVALID_VALUE',
      'customers.csv:7: status: INVALID_VALUE',
    ]);
  });

  it('is one of many: the first 20 are reported, all are counted, none contains a value', async () => {
    const many = Array.from({ length: 50 }, (_, index) => `N${index},S9,GEHEIM,GEHEIM`).join('\n');
    const refusal: unknown = await run(customers(many)).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ total: 100 });
    expect((refusal as ImportRefused).errors).toHaveLength(20);
    expect(JSON.stringify(refusal)).not.toContain('GEHEIM');
  });

  it('at the end leaves no content in the archive', async () => {
    const stored = await filesBelow(join(parent, 'contents'));
    const breaking = await connect();
    const query = breaking.query.bind(breaking) as (...parameters: unknown[]) => unknown;
    breaking.query = ((...parameters: unknown[]) =>
      query(
        ...(String(parameters[0]).trimStart().startsWith('INSERT INTO audit') ? ['SELECT 1/0'] : parameters),
      )) as typeof breaking.query;
    const files = { ...documents('C1,SCAN,NONE,2024-01-01,scan.pdf'), 'scan.pdf': 'scan' };
    await expect(run(files, { by: breaking })).rejects.toMatchObject({ code: '22012' });
    expect(await filesBelow(join(parent, 'contents'))).toEqual(stored);
    expect(await tableCounts()).toEqual(before);
  });

  it('is a link that leads out of the folder', async () => {
    const path = await folder(documents('C1,SCAN,NONE,2024-01-01,link.txt'));
    await writeFile(join(parent, 'secret.txt'), 'secret');
    await symlink(join(parent, 'secret.txt'), join(path, 'link.txt'));
    await expect(
      importFolder({ client, contents, keyEncryptionKey: KEY_ENCRYPTION_KEY }, path, { update: false }),
    ).rejects.toMatchObject({ errors: [{ line: 2, column: 'file', code: 'FILE_NOT_FOUND' }] });
  });

  it.each([
    ['IMPORT_FOLDER_NOT_FOUND', join(tmpdir(), 'there-is-no-such-folder')],
    ['IMPORT_FOLDER_EMPTY', __dirname],
  ])('is %s', async (code, path) => {
    const dependencies = { client, contents, keyEncryptionKey: KEY_ENCRYPTION_KEY };
    await expect(importFolder(dependencies, path, { update: false })).rejects.toMatchObject({ code });
  });
});

describe('with stored customers', () => {
  beforeEach(async () => {
    await newDatabase();
    await run(EVERY_FILE);
  });
  afterEach(dropDatabase);

  it('sets the customer as the recipient of an issued invoice, and leaves a draft without one', async () => {
    const header =
      'number,customer_number,branch_code,kind,status,issued_on,net,tax,gross,recipient_name,recipient_address';
    await run({
      'addresses.csv': 'customer_number,type,street,postal_code,city\nC1,INVOICE,Postweg 2,70174,Stuttgart\n',
      'invoices.csv': `${header}\nR9,C1,S1,INVOICE,ISSUED,2024-03-01,1,0,1,Tochter,\nR8,C3,S1,INVOICE,ISSUED,2024-03-01,1,0,1,,\n`,
    });
    const recipients = await rows(
      'SELECT number, recipient_name AS name, recipient_address AS address FROM invoice ORDER BY number',
    );
    expect(recipients).toEqual([
      { number: 'G1', name: 'Leonie Köhler', address: 'Seestraße 1, 70174 Stuttgart' },
      { number: 'R1', name: 'Leonie Köhler', address: 'Seestraße 1, 70174 Stuttgart' },
      { number: 'R2', name: null, address: null },
      { number: 'R8', name: 'Optik GmbH', address: null },
      { number: 'R9', name: 'Tochter', address: 'Postweg 2, 70174 Stuttgart' },
    ]);
  });

  it('--update changes the given columns and adds records', async () => {
    await run(
      {
        'branches.csv': 'code,name\nS1,Stuttgart Mitte\n',
        'customers.csv': 'customer_number,last_name,phone\nC1,Schäfer,\n',
        'bank_accounts.csv': 'customer_number,position\nC1,3\n',
        'selections.csv': 'name,customer_number\nAlle,C3\n',
      },
      { update: true },
    );
    expect(
      await rows(
        `SELECT last_name, first_name, phone, version, updated_at > created_at AS touched, b.name, (SELECT count(*)::int FROM bank_account) AS accounts,
           (SELECT count(*)::int FROM selection_member) AS members, (SELECT count(*)::int FROM branch) AS branches, s.terms LIKE '% schafer%' AS found
         FROM customer c JOIN branch b ON b.id = c.branch_id JOIN customer_search s ON s.customer_id = c.id WHERE customer_number = 'C1'`,
      ),
    ).toEqual([
      {
        last_name: 'Schäfer',
        first_name: 'Leonie',
        phone: null,
        version: 2,
        touched: true,
        name: 'Stuttgart Mitte',
        accounts: 3,
        members: 3,
        branches: 1,
        found: true,
      },
    ]);
  });

  it('--update requires of a new customer the same columns as any import', async () => {
    const file = 'customer_number,first_name,company_name\nC1,Lea,\nC3,Lea,\nN1,Neu,\n';
    expect(await errorsOf({ 'customers.csv': file }, { update: true })).toEqual([
      'customers.csv:3: last_name: REQUIRED',
      'customers.csv:4: status: REQUIRED',
      'customers.csv:4: last_name: REQUIRED',
    ]);
  });

  it('accepts stored master data and changes it with --update only', async () => {
    await run({ 'branches.csv': 'code,name\nS1,Anders\nS2,Neu\n' });
    expect(await rows('SELECT code, name FROM branch ORDER BY 1')).toEqual([
      { code: 'S1', name: 'Stuttgart' },
      { code: 'S2', name: 'Neu' },
    ]);
  });

  it('assigns rows without a branch column to the head office', async () => {
    await run({
      'customers.csv': 'customer_number,status,last_name\nN1,ACTIVE,Neu\n',
      'quotes.csv': 'number,customer_number,status,issued_on,gross\nA9,C1,OPEN,2024-01-01,1\n',
    });
    expect(
      await rows(`SELECT b.code, b.name, (SELECT count(*)::int FROM quote q WHERE q.branch_id = b.id) AS quotes
        FROM customer c JOIN branch b ON b.id = c.branch_id WHERE c.customer_number = 'N1'`),
    ).toEqual([{ code: 'HQ', name: 'Hauptsitz', quotes: 1 }]);
  });

  it('waits for an anonymization that has locked the customer, and is then refused', async () => {
    const saga = await connect();
    await saga.query('BEGIN');
    await saga.query(`SELECT FROM customer WHERE customer_number = 'C1' FOR UPDATE`);
    const importing = errorsOf({ 'addresses.csv': 'customer_number,type\nC2,OTHER\nC1,OTHER\n' });
    await isWaiting(saga);
    await anonymize(saga, 'C1');
    await saga.query('COMMIT');
    expect(await importing).toEqual(['addresses.csv:3: customer_number: CUSTOMER_ANONYMIZED']);
  });

  it('reports errors that only the database finds by the name of the constraint', async () => {
    const clerk = await connect();
    await clerk.query('BEGIN');
    await clerk.query(
      `INSERT INTO customer (customer_number, branch_id, status, last_name) SELECT 'N1', id, 'ACTIVE', 'Neu' FROM branch`,
    );
    const importing = errorsOf({ 'customers.csv': 'customer_number,branch_code,status,last_name\nN1,S1,ACTIVE,Neu\n' });
    await isWaiting(clerk);
    await clerk.query('COMMIT');
    expect(await importing).toEqual(['customers.csv:-: -: CUSTOMER_CUSTOMER_NUMBER_KEY']);
  });

  it('two concurrent imports run one after the other', async () => {
    const files = { 'customers.csv': 'customer_number,branch_code,status,last_name\nN1,S1,ACTIVE,Neu\n' };
    const outcomes = await Promise.allSettled([run(files), run(files, { by: await connect() })]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  /** Waits until another session waits for a lock of this one. */
  function isWaiting(holder: Client): Promise<void> {
    const waiting = 'SELECT FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))';
    return until('another session waits', async () => (await holder.query(waiting)).rowCount! > 0);
  }
});
