import { RETENTION_CLASSES, type RetentionClass, retentionUntil } from '../../kernel/retention';
import { mediaTypeOf, RESERVED_TYPES } from '../archive';
import {
  Address,
  CostBearerMembership,
  CUSTOMER_STATUSES,
  HealthInsuranceCard,
  MarketingConsent,
  recipientAddressOf,
  recipientNameOf,
  Relationship,
} from '../customer';
import { CareCase, DeviceLoan, STOCK_OWNERS, STOCK_STATUSES } from '../device';
import {
  BankAccount,
  Invoice,
  PAYMENT_KINDS,
  PAYMENT_METHODS,
  Quote,
  Receipt,
  ServiceContract,
  UNCREDITABLE,
} from '../finance';
import { CustomerCard, ProgramEnrollment } from '../loyalty';
import {
  amount,
  capitals,
  type CellType,
  date,
  decimal,
  instant,
  integer,
  oneOf,
  signedAmount,
  text,
} from './cell-type';
import type { Column, ImportFile, Reference } from './import-file';
import { HEAD_OFFICE, namesOf, recordFile } from './record-file';

/** Condition: the method of the staged payment is not in the closed list of the database. */
export const UNLISTED_METHOD = `s.method NOT IN (${PAYMENT_METHODS.map((method) => `'${method}'`).join(', ')})`;

const optional = (type: CellType, more: Partial<Column> = {}): Column => ({ type, required: false, ...more });
const required = (type: CellType, more: Partial<Column> = {}): Column => ({ type, required: true, ...more });
const refersTo = (to: string, as: string, more: Partial<Reference> = {}) => ({ reference: { to, as, ...more } });

const ofCustomer = required(text(), refersTo('customers', 'customer_id'));
const ofInvoice = required(text(), refersTo('invoices', 'invoice_id', { givesCustomer: true }));
const ofBranch = required(text(), { ...refersTo('branches', 'branch_id'), whenAbsent: HEAD_OFFICE.code });
const ofProgram = required(text(), refersTo('loyalty_programs', 'program_id'));
const note = optional(text(2_000));
const name = optional(text());

/** Every file of the import folder with its columns and rules, in the order of storing. */
export const IMPORT_FILES: readonly ImportFile[] = [
  file('branch', { code: required(text()), name: required(text()) }, { key: 'code', masterData: true }),
  file('cost_bearer', { ik: required(text()), name: required(text()) }, { key: 'ik', masterData: true }),
  file(
    'customer',
    {
      customer_number: required(text()),
      branch_code: ofBranch,
      status: required(oneOf(...CUSTOMER_STATUSES)),
      salutation: optional(text()),
      title: optional(text()),
      first_name: name,
      last_name: name,
      birth_name: name,
      company_name: name,
      birth_date: optional(date),
      gender: optional(text()),
      email: optional(text()),
      phone: optional(text()),
      mobile: optional(text()),
      note,
      physician: name,
    },
    { key: 'customer_number' },
  ),
  recordFile(Address),
  recordFile(Relationship),
  recordFile(CostBearerMembership),
  recordFile(HealthInsuranceCard),
  recordFile(MarketingConsent),
  recordFile(BankAccount),
  recordFile(CareCase),
  recordFile(Invoice, {
    columns: {
      recipient_name: { expression: onceIssued('recipient_name', recipientNameOf('c')) },
      recipient_address: { expression: onceIssued('recipient_address', recipientAddressOf('c.id')) },
    },
    rules: UNCREDITABLE.map(({ code, when }) => ({
      column: 'credits_number',
      code,
      when: `s.kind = 'CREDIT_NOTE' AND ${ofAnInvoice('s.credits_number', when('p'))}`,
    })),
  }),
  file(
    'invoice_line',
    {
      invoice_number: ofInvoice,
      position: required(integer),
      article: optional(text()),
      text: optional(text(2_000)),
      serial_number: optional(text()),
      quantity: optional(decimal, { whenEmpty: '1' }),
      amount: required(signedAmount),
    },
    { unique: [{ columns: ['invoice_number', 'position'], at: 'position' }] },
  ),
  file(
    'payment',
    {
      invoice_number: ofInvoice,
      kind: required(oneOf(...PAYMENT_KINDS)),
      paid_on: required(date),
      amount: required(amount),
      method: optional(capitals, { expression: `CASE WHEN ${UNLISTED_METHOD} THEN 'OTHER' ELSE s.method END` }),
      payer_name: name,
      iban: optional(text()),
      reference: optional(text()),
    },
    {
      rules: [
        {
          column: 'invoice_number',
          code: 'INVOICE_NOT_ISSUED',
          when: ofAnInvoice('s.invoice_number', "p.status = 'DRAFT'"),
        },
      ],
    },
  ),
  recordFile(Quote),
  recordFile(Receipt),
  recordFile(ServiceContract),
  file(
    'stock_item',
    {
      serial_number: required(text()),
      article: optional(text()),
      owner: required(oneOf(...STOCK_OWNERS)),
      customer_number: { ...ofCustomer, required: false },
      owner_name: name,
      status: required(oneOf(...STOCK_STATUSES)),
      branch_code: optional(text(), refersTo('branches', 'branch_id')),
    },
    {
      key: 'serial_number',
      rules: [
        {
          column: 'customer_number',
          code: 'REQUIRED',
          when: "(s.owner = 'CUSTOMER' OR s.owner_name IS NOT NULL) AND s.customer_number IS NULL",
        },
        {
          column: 'owner_name',
          code: 'NOT_ALLOWED',
          when: "s.owner = 'SHOP' AND s.owner_name IS NOT NULL AND s.customer_number IS NOT NULL",
        },
      ],
    },
  ),
  // a past loan may concern a device that another customer has today
  recordFile(DeviceLoan, { columns: { serial_number: refersTo('stock_items', 'stock_item_id') } }),
  file(
    'loyalty_program',
    { code: required(text()), name: required(text()), ends_on: optional(date), archived_on: optional(date) },
    { key: 'code', masterData: true },
  ),
  recordFile(CustomerCard),
  recordFile(ProgramEnrollment),
  file('loyalty_transaction', {
    customer_number: ofCustomer,
    program_code: ofProgram,
    occurred_at: required(instant),
    points: optional(integer),
    amount: optional(signedAmount),
    card_number: optional(text()),
  }),
  file(
    'archive_document',
    {
      customer_number: ofCustomer,
      type: required(text()),
      title: optional(text()),
      file_name: optional(text()),
      retention_class: required(oneOf(...RETENTION_CLASSES)),
      created_on: required(date),
      file: optional(text(), { notStored: true }),
    },
    {
      derived: {
        retention_until: {
          sql: 'date',
          of: (cell) => retentionUntil((cell('retention_class') ?? 'NONE') as RetentionClass, cell('created_on') ?? ''),
        },
        media_type: { sql: 'text', of: (cell) => (cell('file') === null ? null : mediaTypeOf(cell('file') ?? '')) },
        // set after the content is written
        size: { sql: 'bigint' },
        content_id: { sql: 'uuid' },
      },
      // Only the anonymization writes documents of these types, and a later one skips them.
      rules: [
        {
          column: 'type',
          code: 'NOT_ALLOWED',
          when: `s.type IN (${RESERVED_TYPES.map((type) => `'${type}'`).join(', ')})`,
        },
      ],
    },
  ),
  file('selection', { name: required(text()), customer_number: ofCustomer }),
];

/** The columns of each file by file name, each with a sample value, or null if there is none. */
export const IMPORT_COLUMNS: Readonly<Record<string, Readonly<Record<string, string | null>>>> = Object.fromEntries(
  IMPORT_FILES.map(({ name: fileName, columns }) => [
    fileName,
    Object.fromEntries(Object.entries(columns).map(([column, { sample = null }]) => [column, sample])),
  ]),
);

const BY_NAME = new Map(IMPORT_FILES.map((each) => [each.name, each]));

export function importFile(wanted: string): ImportFile {
  const found = BY_NAME.get(wanted);
  if (found === undefined) throw new Error(`There is no import file ${wanted}`);
  return found;
}

function file(table: string, columns: ImportFile['columns'], more: Partial<ImportFile> = {}): ImportFile {
  return {
    ...namesOf(table),
    table,
    columns,
    derived: {},
    unique: more.key === undefined ? [] : [{ columns: [more.key], at: more.key }],
    rules: [],
    masterData: false,
    passes: ['true'],
    ...more,
  };
}

/** Expression: an issued invoice stores its recipient; an empty cell means the customer's own value. */
function onceIssued(column: string, own: string): string {
  return `CASE s.status WHEN 'ISSUED' THEN
    coalesce(s.${column}, (SELECT ${own} FROM customer c
      WHERE c.customer_number = s.customer_number)) ELSE s.${column} END`;
}

/** Condition: the number is that of an invoice `p`, in the folder or stored, that meets the condition. */
function ofAnInvoice(number: string, condition: string): string {
  const numbers = ['import_invoices', 'invoice'].map((table) => `SELECT p.number FROM ${table} p WHERE ${condition}`);
  return `${number} IN (${numbers.join(' UNION ALL ')})`;
}
