import { Rehearsal } from '../support/rehearsal';

type Folder = Record<string, readonly string[]>;

const TIMEOUT_MS = 300_000;
const BRANCHES = ['code,name', 'B1,Laden'];
const INVOICE_COLUMNS = 'number,customer_number,branch_code,kind,status,issued_on,net,tax,gross';
const invoice = (number: string, customer: string) =>
  `${number},${customer},B1,INVOICE,ISSUED,2023-03-10,100.00,19.00,119.00`;
const members = (...customers: readonly string[]) => [
  'name,customer_number',
  ...customers.map((customer) => `Alle Kunden,${customer}`),
];

/** Paid invoices, each with these lines. */
function invoices(lines: Readonly<Record<string, readonly string[]>>): Folder {
  const customers = Object.keys(lines);
  return {
    invoices: [INVOICE_COLUMNS, ...customers.map((customer) => invoice(`RE-${customer}`, customer))],
    invoice_lines: [
      'invoice_number,position,article,text,amount',
      ...customers.flatMap((customer) =>
        lines[customer]!.map((text, index) => `RE-${customer},${index + 1},Brille,${text},10.00`),
      ),
    ],
    payments: [
      'invoice_number,kind,paid_on,amount',
      ...customers.map((customer) => `RE-${customer},PAYMENT,2023-03-11,119.00`),
    ],
  };
}

describe('npm run rehearse', () => {
  let rehearsal: Rehearsal;
  beforeAll(() => {
    rehearsal = new Rehearsal();
  });
  afterAll(() => rehearsal?.remove());

  it(
    'finds no residue, whatever files and optional columns the folder has',
    async () => {
      const customers = [
        'customer_number,status,first_name,last_name,phone,email',
        "C1,ACTIVE,Todd,O'Bryan,030/1239871 / 0171/9876543,rosa@web.example; rosa.alt@gmx.example",
        'C2,ACTIVE,Jan,de Vries,+49 (030) 1234567,keine Mail',
        'C3,ACTIVE,Max,Mustermann,privat,',
        'C4,ACTIVE,Ute,Vorlage,539563,',
        'C5,ACTIVE,Ida,Exempel,0711 4445556,',
        'C6,ACTIVE,Ina,Mustermann,0711 4445557,',
      ];
      const { exitCode, shown, complaints } = await rehearsal.of({
        branches: BRANCHES,
        customers,
        ...invoices({
          C1: ['Rückruf 0171 9876543', 'Kopie an rosa.alt@gmx.example', 'BRILLE OBRYAN'],
          C2: ['Rückruf 030 1234567', 'Brille J. deVries'],
          C3: ['Zuzahlung privat laut Vereinbarung', 'MaxMustermann Otoplastik'],
          C6: ['Brille für den Vater Max Mustermann'],
        }),
        care_cases: ['number,customer_number,branch_code,type,status,opened_on', 'V1,C5,B1,GLASSES,OPEN,2023-01-01'],
        relationships: ['customer_number,related_customer_number,kind', 'C6,C3,FATHER', 'C6,C5,FRIEND'],
        selections: members('C1', 'C2', 'C3', 'C4', 'C5'),
      });
      expect({ exitCode, complaints }).toEqual({ exitCode: 0, complaints: '' });
      expect(shown).toContain('anonymized: 4\n');
      expect(shown).toContain('blocked: 1, OPEN_CARE_CASE\n');
      expect(shown).toMatch(/^ok {4}residue of the anonymized customers: 0 \(\d+ values searched in \d+ columns\)$/m);
      expect(shown).toContain('(1 in rows of other customers, which stay unchanged)');
      expect(shown).toContain('other customers with unchanged records: 2 of 2\n');
      expect(shown).toContain('relationships between other customers: 1 of 1\n');
      expect(shown).toContain('sealed invoices that can be read with name and address: 3 of 3\n');
    },
    TIMEOUT_MS,
  );

  it(
    'reports the columns with a residue, never the value',
    async () => {
      const { exitCode, shown } = await rehearsal.of({
        branches: BRANCHES,
        customers: ['customer_number,branch_code,status,first_name,last_name', 'C1,B1,ACTIVE,Wilhelmine,Auffaellig'],
        stock_items: ['serial_number,article,owner,status', 'S1,Leihgerät Auffaellig Wilhelmine,SHOP,IN_STOCK'],
        selections: ['name,customer_number', 'Geburtstag Wilhelmine Auffaellig 90,C1', 'Alle Kunden,C1'],
      });
      expect(exitCode).toBe(1);
      expect(shown).toMatch(/^FAIL {2}residue of the anonymized customers: 2 /m);
      expect(shown).toContain('public.selection.name, in rows without a customer: 1\n');
      expect(shown).toContain('public.stock_item.article, in rows without a customer: 1\n');
      expect(shown).toMatch(/\n1 check failed\.\n$/);
      expect(shown.toLowerCase()).not.toMatch(/wilhelmine|auffaellig/);
    },
    TIMEOUT_MS,
  );

  it(
    'accepts a folder in which all customers are blocked',
    async () => {
      const { exitCode, shown } = await rehearsal.of({
        branches: BRANCHES,
        customers: ['customer_number,branch_code,status,last_name', 'C1,B1,ACTIVE,Schuldner'],
        invoices: [INVOICE_COLUMNS, invoice('RE-1', 'C1')],
        selections: members('C1'),
      });
      expect({ exitCode, fails: shown.match(/FAIL/g) }).toEqual({ exitCode: 0, fails: null });
      expect(shown).toContain('anonymized: 0\n');
      expect(shown).toContain('blocked: 1, UNPAID_INVOICE\n');
    },
    TIMEOUT_MS,
  );

  it(
    'refuses a missing selection before the import, and says what to do',
    async () => {
      const customers = ['customer_number,branch_code,status,last_name', 'C1,B1,UNKNOWN,Niemand'];
      const folder = { branches: BRANCHES, customers, selections: ['name,customer_number', 'Frau Niemand,C1'] };
      const missing = await rehearsal.of(folder);
      expect(missing).toMatchObject({ exitCode: 2, shown: '' });
      expect(missing.complaints).toMatch(
        /^The selection “Alle Kunden” is missing: selections\.csv .* names 1 other\. Add /,
      );
      expect(missing.complaints).not.toContain('Niemand');
      expect(await rehearsal.of({ branches: BRANCHES, customers })).toMatchObject({
        exitCode: 2,
        complaints: expect.stringContaining('names none'),
      });
      expect(await rehearsal.of(folder, 'Frau Niemand')).toMatchObject({
        exitCode: 1,
        complaints: 'customers.csv:2: status: INVALID_VALUE\n1 error; nothing was imported.\n',
      });
      expect(await rehearsal.of(folder, 'Frau Niemand', 'zu viel')).toMatchObject({
        exitCode: 2,
        complaints: expect.stringMatching(/^Usage: /),
      });
    },
    TIMEOUT_MS,
  );
});
