import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { LocalContentStore } from '../../src/modules/archive';
import { importFolder } from '../../src/modules/import';
import { TestApp } from '../support/test-app';

type Row = Readonly<Record<string, string>>;

/** One imported customer. In the expected lines, `#` is the replacement and `=` means unchanged. */
interface Case {
  readonly name: string;
  readonly customer: Row;
  readonly address?: Row;
  readonly bankAccount?: Row;
  readonly invoice?: Row;
  readonly payment?: Row;
  /** the article of every line */
  readonly article?: string;
  readonly lines: readonly (readonly [text: string, expected: string])[];
}

const CASES: readonly Case[] = [
  // several values in one cell
  {
    name: 'two phone numbers with slashes',
    customer: { first_name: 'Tim', last_name: 'Beispiel', phone: '030/1239871 / 0171/9876543' },
    lines: [
      ['Rückruf 0171 9876543', 'Rückruf #'],
      ['Rückruf 030 1239871', 'Rückruf #'],
      ['Rückruf 1239871987', '='],
    ],
  },
  {
    name: 'two phone numbers with a space',
    customer: { first_name: 'Tea', last_name: 'Muster', phone: '089 5566778 0171 5544332' },
    lines: [['Rückruf 0171 5544332', 'Rückruf #']],
  },
  {
    name: 'two e-mail addresses',
    customer: { first_name: 'Ben', last_name: 'Probe', email: 'rosa@web.example; rosa.alt@gmx.example' },
    lines: [
      ['Rechnung an rosa@web.example', 'Rechnung an #'],
      ['Kopie an rosa.alt@gmx.example', 'Kopie an #'],
      ['Kopie an alt@gmx.example', '='],
    ],
  },
  {
    name: 'an e-mail address after a name',
    customer: { first_name: 'Bob', last_name: 'Versuch', email: 'Bob Versuch <tulpe@web.example>' },
    lines: [['Rechnung an tulpe@web.example', 'Rechnung an #']],
  },
  {
    name: 'an IBAN after its name',
    customer: { first_name: 'Ida', last_name: 'Exempel' },
    bankAccount: { account_holder: 'Ida Exempel', iban: 'IBAN: DE89 3704 0044 0532 0130 00' },
    lines: [
      ['Lastschrift DE89370400440532013000', 'Lastschrift #'],
      ['Kto 532013000 BLZ 37040044', 'Kto # BLZ 37040044'],
    ],
  },
  {
    name: 'last digits of another number',
    customer: { first_name: 'Ute', last_name: 'Vorlage', phone: '030/8885555/56' },
    lines: [
      ['Rückruf 030 8885555', 'Rückruf #'],
      ['Rückruf 0308885556', 'Rückruf #'],
    ],
  },
  // country code and trunk zero
  ...(
    [
      ['+49 (030) 1234567', '030 1234567'],
      ['0049 030 7654321', '030/7654321'],
      ['+0049 30 8882222', '030 8882222'],
      ['+49 ( 0 ) 30 8888888', '030 8888888'],
    ] as const
  ).map(([phone, written]): Case => ({
    name: `the phone ${phone}`,
    customer: { first_name: 'Tom', last_name: 'Muster', phone },
    lines: [[`Rückruf ${written}`, 'Rückruf #']],
  })),
  // names written together
  {
    name: 'an apostrophe',
    customer: { first_name: 'Todd', last_name: "O'Bryan" },
    lines: [
      ['Brille OBryan', 'Brille #'],
      ['BRILLE OBRYAN', 'BRILLE #'],
      ['OBRYAN TODD', '#'],
    ],
  },
  {
    name: 'a prefix',
    customer: { first_name: 'Jan', last_name: 'de Vries' },
    lines: [
      ['Brille DeVries', 'Brille #'],
      ['Brille J. deVries', 'Brille J. #'],
      ['Brille devries', '='],
    ],
  },
  {
    name: 'a prefix with a space',
    customer: { first_name: 'Ian', last_name: 'Mc Donald' },
    lines: [['Etui McDonald', 'Etui #']],
  },
  {
    name: 'a double name',
    customer: { first_name: 'Karin', last_name: 'Schmidt-Rottluff' },
    lines: [['SchmidtRottluff K.', '# K.']],
  },
  {
    name: 'first and last name',
    customer: { first_name: 'Max', last_name: 'Mustermann' },
    lines: [
      ['MustermannMax Rezept', '# Rezept'],
      ['MaxMustermann Otoplastik', '# Otoplastik'],
      ['Mustermannsche Fassung', '='],
    ],
  },
  {
    name: 'a script without spaces',
    customer: { first_name: '小明', last_name: '王' },
    lines: [
      ['客户王小明的眼镜', '客户#的眼镜'],
      ['王牌眼镜', '='],
    ],
  },
  // copied names and addresses
  {
    name: 'payer, account holder and recipient',
    customer: { first_name: 'Kurt', last_name: 'Kontomann' },
    address: { street: 'Neuer Weg 1', postal_code: '04109', city: 'Leipzig' },
    bankAccount: { account_holder: 'Kurt Kontomann u. Klara Kontofrau', iban: 'DE89370400440532013000' },
    invoice: { recipient_name: 'Betreuungsbüro Vogelsang', recipient_address: 'Alte Gasse 9, 04109 Leipzig' },
    payment: { payer_name: 'Klara Kontofrau' },
    lines: [
      [
        'Abholung durch Klara Kontofrau, Rechnung an Betreuungsbüro Vogelsang, Alte Gasse 9',
        'Abholung durch #, Rechnung an #, #',
      ],
      ['Fassung Klara, Modell Vogelsang, Filiale Leipzig', '='],
    ],
  },
  {
    name: 'a former name',
    customer: { first_name: 'Erika', last_name: 'Neumann' },
    invoice: { recipient_name: 'Frau Erika Altbauer', recipient_address: 'Lindenstraße 12, 04109 Leipzig' },
    lines: [['Otoplastik für Frau Altbauer, Lindenstr. 12', 'Otoplastik für Frau #, #']],
  },
  {
    name: 'a telephone number in a note',
    customer: { first_name: 'Nora', last_name: 'Anker', note: 'Tochter ist unter 0171 2345678 zu erreichen' },
    lines: [
      ['Rückruf 01712345678', 'Rückruf #'],
      ['Tochter holt ab', '='],
    ],
  },
  {
    name: 'an e-mail address in a note',
    customer: { first_name: 'Nils', last_name: 'Boje', note: 'Schreibt von lisa.boje@web.example' },
    lines: [['Kopie an LISA.BOJE@web.example', 'Kopie an #']],
  },
  {
    name: 'the article of a customer, without a name',
    customer: { first_name: 'Otto', last_name: 'Andermann' },
    article: 'Gerda Fremdling',
    payment: { payer_name: 'Gerda Fremdling' },
    lines: [['Abholung Gerda Fremdling', '=']],
  },
  {
    name: 'a name that is an article of another customer',
    customer: { first_name: 'Olaf', last_name: 'Niemann' },
    payment: { payer_name: 'Gerda Fremdling' },
    lines: [['Abholung Gerda Fremdling', 'Abholung #']],
  },
  {
    name: 'a branch and a person in one cell',
    customer: { first_name: 'Rolf', last_name: 'Rabe' },
    payment: { payer_name: 'Laden Mitte / Karla Fremdfrau' },
    lines: [
      ['Abholung Karla Fremdfrau', 'Abholung #'],
      ['Abholung Laden Mitte', '='],
    ],
  },
  {
    name: 'a cost bearer, a branch and an article as payers',
    customer: { first_name: 'Else', last_name: 'Kranz', note: 'Signia Pure Charge&Go 7X T' },
    invoice: { recipient_name: 'AOK Nordost', recipient_address: 'Behlertstr. 33, 14467 Potsdam' },
    payment: { payer_name: 'Laden Mitte / Rote Brille' },
    lines: [
      ['Zuzahlung AOK Nordost', '='],
      ['Abholung Laden Mitte', '='],
      ['Rote Brille', '='],
      ['Signia Pure Charge&Go 7X T', '='],
    ],
  },
];

describe('the lines of imported customers after the anonymization', () => {
  let app: TestApp;
  let folder: string;

  beforeAll(async () => {
    app = await TestApp.start();
    folder = await mkdtemp(join(tmpdir(), 'lethe-folder-'));
    const { sql } = app;
    for (const [file, rows] of Object.entries(folderOf(CASES)))
      await writeFile(join(folder, file), stringify(rows, { header: true }));
    const contents = await LocalContentStore.open(join(folder, 'contents'));
    await importFolder({ client: sql, contents, keyEncryptionKey: Buffer.alloc(32, 7) }, folder, { update: false });
  });
  afterAll(async () => {
    await app?.stop();
    if (folder) await rm(folder, { recursive: true });
  });

  it.each(CASES.map(({ name, lines }, index) => ({ name, lines, number: `C${index}` })))('$name', async (example) => {
    const { rows } = await app.sql.query<{ id: string }>('SELECT id FROM customer WHERE customer_number = $1', [
      example.number,
    ]);
    await (
      await app.as('admin')
    )
      .post(`/api/v1/customers/${rows[0]!.id}/anonymization`)
      .send({ confirmation: example.number, reason: 'ERASURE_REQUEST' })
      .expect(200);
    const lines = await app.sql.query<{ text: string }>(
      'SELECT text FROM invoice_line WHERE customer_id = $1 ORDER BY position',
      [rows[0]!.id],
    );
    expect(lines.rows.map(({ text }) => text)).toEqual(
      example.lines.map(([text, expected]) => (expected === '=' ? text : expected.replaceAll('#', '[anonymisiert]'))),
    );
  });
});

function folderOf(cases: readonly Case[]): Record<string, Row[]> {
  const numbered = cases.map((example, index) => ({
    ...example,
    customer_number: `C${index}`,
    number: `RE-C${index}`,
  }));
  return {
    'branches.csv': [{ code: 'B1', name: 'Laden Mitte' }],
    'cost_bearers.csv': [{ ik: '109519005', name: 'AOK NORDOST' }],
    'customers.csv': columns(
      numbered.map(({ customer, customer_number }) => ({
        customer_number,
        branch_code: 'B1',
        status: 'ACTIVE',
        ...customer,
      })),
    ),
    'addresses.csv': numbered.flatMap(({ address, customer_number }) =>
      address ? [{ customer_number, type: 'RESIDENTIAL', ...address }] : [],
    ),
    'bank_accounts.csv': numbered.flatMap(({ bankAccount, customer_number }) =>
      bankAccount ? [{ customer_number, position: '1', ...bankAccount }] : [],
    ),
    'invoices.csv': columns(
      numbered.map(({ invoice, customer_number, number }) => ({
        ...{ number, customer_number, branch_code: 'B1', kind: 'INVOICE', status: 'ISSUED', issued_on: '2023-03-10' },
        ...{
          net: '100.00',
          tax: '19.00',
          gross: '119.00',
          recipient_name: 'Empfänger',
          recipient_address: 'Weg 1, 01234 Ort',
        },
        ...invoice,
      })),
    ),
    'invoice_lines.csv': numbered.flatMap(({ lines, number: invoice_number, article = 'Rote Brille' }) =>
      lines.map(([text], index) => ({
        invoice_number,
        position: `${index + 1}`,
        article,
        text,
        amount: '10.00',
      })),
    ),
    'payments.csv': columns(
      numbered.map(({ payment, number: invoice_number }) => ({
        ...{ invoice_number, kind: 'PAYMENT', paid_on: '2023-03-11', amount: '119.00', method: 'CASH' },
        ...payment,
      })),
    ),
  };
}

/** Gives every row the columns of all rows. */
function columns(rows: readonly Row[]): Row[] {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return rows.map((row) => Object.fromEntries(names.map((name) => [name, row[name] ?? ''])));
}
