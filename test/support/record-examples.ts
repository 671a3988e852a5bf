import { CANARY, CANARY_BIRTH_DATE, CANARY_NUMBER } from './canary';
import type { TestApp } from './test-app';

/** Master data and a relative that the examples refer to. */
export const MASTER = {
  branchCode: 'STR-01',
  costBearerIk: '101234567',
  programCode: 'BONUS',
  relatedCustomerNumber: 'RELATIVE-1',
} as const;

/** Number of devices in stock, `SN-1` and so on. */
const DEVICES = 1_000;

export async function masterData({ records, sql }: TestApp): Promise<void> {
  await records.insert('branch', { code: MASTER.branchCode, name: 'Stuttgart' });
  await records.insert('cost_bearer', { ik: MASTER.costBearerIk, name: 'Kasse' });
  await records.insert('loyalty_program', { code: MASTER.programCode, name: 'Bonus' });
  await records.customer({ customer_number: MASTER.relatedCustomerNumber });
  await sql.query(
    `INSERT INTO stock_item (serial_number, owner, status) SELECT 'SN-' || n, 'SHOP', 'IN_STOCK' FROM generate_series(1, ${DEVICES}) AS n`,
  );
}

type Body = Readonly<Record<string, unknown>>;

export interface RecordExample {
  /** below `/customers/:id/` */
  readonly path: string;
  /** every column; natural keys are unique for `n` */
  readonly full: (n: string) => Body;
  /** required columns only */
  readonly required: readonly string[];
  /** additional properties of the response */
  readonly shown?: Body;
  /** values of omitted columns */
  readonly defaults?: Body;
  /** references by property, each with a value that does not exist */
  readonly references?: Body;
}

const { branchCode, costBearerIk, programCode, relatedCustomerNumber } = MASTER;
const NOTHING = 'NO-SUCH-KEY';

/** Every column of `customers.csv`. */
export const CUSTOMER_EXAMPLE = {
  customerNumber: 'N-1',
  branchCode,
  status: 'ACTIVE',
  salutation: `Frau ${CANARY}`,
  title: `Dr. ${CANARY}`,
  firstName: `Änne ${CANARY}`,
  lastName: `Öztürk-${CANARY}`,
  birthName: `Weiß-${CANARY}`,
  companyName: `${CANARY} & Söhne`,
  birthDate: CANARY_BIRTH_DATE,
  gender: CANARY,
  email: `aenne.${CANARY}@example.org`,
  phone: `0711 ${CANARY_NUMBER}`,
  mobile: `+49 171 ${CANARY_NUMBER}`,
  note: `${CANARY}\nin zwei Zeilen`,
  physician: `Dr. Ohr, ${CANARY}`,
} as const;

/** One example per kind of record, with every column of its CSV file (docs/import.md). */
export const RECORD_EXAMPLES: readonly RecordExample[] = [
  {
    path: 'addresses',
    full: () => ({
      type: 'DELIVERY',
      street: `Königstraße 1, ${CANARY}`,
      postalCode: CANARY_NUMBER,
      city: `Stuttgart-${CANARY}`,
      country: CANARY,
      addressee: `Frau ${CANARY}`,
      phone: `0711 ${CANARY_NUMBER}`,
    }),
    required: ['type'],
  },
  {
    path: 'relationships',
    full: (n) => ({ relatedCustomerNumber, kind: `${CANARY}-${n}` }),
    required: ['relatedCustomerNumber', 'kind'],
    references: { relatedCustomerNumber: NOTHING },
  },
  {
    path: 'memberships',
    full: () => ({
      costBearerIk,
      memberNumber: `M123${CANARY}`,
      insuredStatus: `MEMBER ${CANARY}`,
      mainInsuredPerson: `Otto ${CANARY}`,
      validFrom: '2020-01-01',
      validTo: '2030-12-31',
    }),
    required: ['costBearerIk'],
    references: { costBearerIk: NOTHING },
  },
  {
    path: 'insurance-cards',
    full: () => ({
      costBearerIk,
      insuredNumber: `X1${CANARY}`,
      cardHolder: `Erika ${CANARY}`,
      validUntil: '2030-12-31',
    }),
    required: ['costBearerIk'],
    references: { costBearerIk: NOTHING },
  },
  {
    path: 'consents',
    full: () => ({ channel: 'EMAIL', grantedOn: '2020-01-01', withdrawnOn: '2021-01-01' }),
    required: ['channel', 'grantedOn'],
  },
  {
    path: 'bank-accounts',
    full: (n) => ({
      position: Number.parseInt(n, 10),
      accountHolder: `Erika ${CANARY}`,
      iban: `DE02 1203 ${CANARY_NUMBER}`,
      bic: CANARY,
      bankName: `Bank ${CANARY}`,
      mandateReference: `MANDAT-${CANARY}`,
    }),
    required: ['position'],
  },
  {
    path: 'invoices',
    full: (n) => ({
      number: `R-${n}`,
      branchCode,
      kind: 'INVOICE',
      creditsNumber: null,
      status: 'ISSUED',
      issuedOn: '2020-01-01',
      dueOn: '2020-01-15',
      costBearerIk,
      careCaseNumber: null,
      net: 10000,
      tax: 1900,
      gross: 11900,
      recipientName: `Erika ${CANARY}`,
      recipientAddress: `Königstraße 1, 70173 ${CANARY}`,
      remark: `eilig, ${CANARY}`,
      lines: [
        {
          position: 1,
          article: `HG ${CANARY}`,
          text: `Hörgerät ${CANARY}`,
          serialNumber: 'SN-1',
          quantity: 1,
          amount: 12900,
        },
        { position: 2, article: null, text: `Nachlass, ${CANARY}`, serialNumber: null, quantity: 0.5, amount: -1000 },
      ],
    }),
    required: ['branchCode', 'kind', 'status', 'net', 'tax', 'gross'],
    shown: { payments: [], balance: 11900 },
    references: { branchCode: NOTHING, costBearerIk: NOTHING, careCaseNumber: NOTHING },
  },
  {
    path: 'quotes',
    full: (n) => ({
      number: `A-${n}`,
      branchCode,
      status: 'OPEN',
      issuedOn: '2020-01-01',
      validUntil: '2020-03-01',
      gross: 11900,
      recipientName: `Erika ${CANARY}`,
      recipientAddress: `Königstraße 1, ${CANARY}`,
      remark: `eilig, ${CANARY}`,
    }),
    required: ['branchCode', 'status', 'issuedOn', 'gross'],
    shown: { endedOn: null, endReason: null },
    references: { branchCode: NOTHING },
  },
  {
    path: 'receipts',
    full: (n) => ({
      number: `B-${n}`,
      branchCode,
      issuedAt: '2020-01-01T10:00:00.000Z',
      gross: -500,
      customerName: `Erika ${CANARY}`,
    }),
    required: ['branchCode', 'issuedAt', 'gross'],
    references: { branchCode: NOTHING },
  },
  {
    path: 'service-contracts',
    full: (n) => ({
      number: `W-${n}`,
      status: 'SIGNED',
      startsOn: '2020-01-01',
      endsOn: '2021-12-31',
      autoRenew: false,
      terminationEffectiveOn: null,
      voidedOn: null,
      title: `Wartung ${CANARY}`,
      note: `jährlich, ${CANARY}`,
    }),
    required: ['status', 'startsOn'],
    defaults: { autoRenew: false },
    shown: { effectiveEnd: '2021-12-31' },
  },
  {
    path: 'care-cases',
    full: (n) => ({
      number: `V-${n}`,
      branchCode,
      type: 'FITTING',
      status: 'COMPLETED',
      openedOn: '2020-01-01',
      closedOn: '2020-02-01',
      title: `Anpassung ${CANARY}`,
      note: `beidseitig, ${CANARY}`,
    }),
    required: ['branchCode', 'type', 'status', 'openedOn'],
    references: { branchCode: NOTHING },
  },
  {
    path: 'device-loans',
    full: (n) => ({
      serialNumber: `SN-${n}`,
      kind: 'TRIAL',
      issuedOn: '2020-01-01',
      dueOn: '2020-01-15',
      resolution: 'RETURNED',
      resolvedOn: '2020-01-14',
      note: `gefällt nicht, ${CANARY}`,
    }),
    required: ['serialNumber', 'kind', 'issuedOn'],
    references: { serialNumber: NOTHING },
  },
  {
    path: 'cards',
    full: (n) => ({ number: `${CANARY}-${n}`, validUntil: '2030-12-31', invalidatedOn: '2021-01-01' }),
    required: ['number'],
  },
  {
    path: 'enrollments',
    full: () => ({
      programCode,
      cardNumber: null,
      startsOn: '2020-01-01',
      endsOn: '2021-12-31',
      voucherNumber: `G-${CANARY}`,
    }),
    required: ['programCode', 'startsOn'],
    references: { programCode: NOTHING, cardNumber: NOTHING },
  },
];
