import { RETENTION_CLASSES, type RetentionClass, retentionUntil } from '../../kernel/retention';
import { mediaTypeOf, RESERVED_TYPES } from '../archive';
import { ADDRESS_TYPES, CONSENT_CHANNELS, CUSTOMER_STATUSES, recipientAddressOf, recipientNameOf } from '../customer';
import {
  CARE_CASE_STATUSES,
  CARE_CASE_TYPES,
  LOAN_KINDS,
  LOAN_RESOLUTIONS,
  STOCK_OWNERS,
  STOCK_STATUSES,
} from '../device';
import {
  CONTRACT_STATUSES,
  INVOICE_KINDS,
  INVOICE_STATUSES,
  PAYMENT_KINDS,
  PAYMENT_METHODS,
  QUOTE_STATUSES,
  UNCREDITABLE,
} from '../finance';
import {
  amount,
  boolean,
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

/** The chain's head office, for records of sources that know no branches. */
export const HEAD_OFFICE = { code: 'HQ', name: 'Hauptsitz' } as const;

/** True for a staged payment whose method is not in the closed list of the database. */
export const UNLISTED_METHOD = `s.method NOT IN (${PAYMENT_METHODS.map((method) => `'${method}'`).join(', ')})`;

const optional = (type: CellType, more: Partial<Column> = {}): Column => ({ type, required: false, ...more });
const required = (type: CellType, more: Partial<Column> = {}): Column => ({ type, required: true, ...more });
const refersTo = (to: string, as: string, more: Partial<Reference> = {}) => ({ reference: { to, as, ...more } });

const ofCustomer = required(text(), refersTo('customers', 'customer_id'));
const ofInvoice = required(text(), refersTo('invoices', 'invoice_id', { givesCustomer: true }));
const ofBranch = required(text(), { ...refersTo('branches', 'branch_id'), whenAbsent: HEAD_OFFICE.code });
const ofCostBearer = refersTo('cost_bearers', 'cost_bearer_id');
const ofProgram = required(text(), refersTo('loyalty_programs', 'program_id'));
const note = optional(text(2_000));
const name = optional(text());

/** Every file of the import folder, its columns and rules, in the order in which they are stored. */
export const IMPORT_FILES: readonly ImportFile[] = [
  file('branches', 'branch', { code: required(text()), name: required(text()) }, { key: 'code', masterData: true }),
  file(
    'cost_bearers',
    'cost_bearer',
    { ik: required(text()), name: required(text()) },
    { key: 'ik', masterData: true },
  ),
  file(
    'customers',
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
  file(
    'addresses',
    'address',
    {
      customer_number: ofCustomer,
      type: required(oneOf(...ADDRESS_TYPES)),
      street: optional(text()),
      postal_code: optional(text()),
      city: optional(text()),
      country: optional(text()),
      addressee: name,
      phone: optional(text()),
    },
    { unique: [{ columns: ['customer_number'], at: 'type', when: (row) => `${row}.type = 'RESIDENTIAL'` }] },
  ),
  file(
    'relationships',
    'relationship',
    {
      customer_number: ofCustomer,
      related_customer_number: required(text(), refersTo('customers', 'related_customer_id')),
      kind: required(text()),
    },
    {
      unique: [{ columns: ['customer_number', 'related_customer_number', 'kind'], at: 'related_customer_number' }],
      rules: [
        {
          column: 'related_customer_number',
          code: 'NOT_ALLOWED',
          when: 's.customer_number = s.related_customer_number',
        },
      ],
    },
  ),
  file('cost_bearer_memberships', 'cost_bearer_membership', {
    customer_number: ofCustomer,
    cost_bearer_ik: required(text(), ofCostBearer),
    member_number: optional(text()),
    insured_status: optional(text()),
    main_insured_person: name,
    valid_from: optional(date),
    valid_to: optional(date),
  }),
  file('health_insurance_cards', 'health_insurance_card', {
    customer_number: ofCustomer,
    cost_bearer_ik: required(text(), ofCostBearer),
    insured_number: optional(text()),
    card_holder: name,
    valid_until: optional(date),
  }),
  file('marketing_consents', 'marketing_consent', {
    customer_number: ofCustomer,
    channel: required(oneOf(...CONSENT_CHANNELS)),
    granted_on: required(date),
    withdrawn_on: optional(date),
  }),
  file(
    'bank_accounts',
    'bank_account',
    {
      customer_number: ofCustomer,
      position: required(integer),
      account_holder: name,
      iban: optional(text()),
      bic: optional(text()),
      bank_name: optional(text()),
      mandate_reference: optional(text()),
    },
    { unique: [{ columns: ['customer_number', 'position'], at: 'position' }] },
  ),
  file(
    'care_cases',
    'care_case',
    {
      number: required(text()),
      customer_number: ofCustomer,
      branch_code: ofBranch,
      type: required(oneOf(...CARE_CASE_TYPES)),
      status: required(oneOf(...CARE_CASE_STATUSES)),
      opened_on: required(date),
      closed_on: optional(date),
      title: optional(text()),
      note,
    },
    { key: 'number' },
  ),
  file(
    'invoices',
    'invoice',
    {
      number: required(text()),
      customer_number: ofCustomer,
      branch_code: ofBranch,
      kind: required(oneOf(...INVOICE_KINDS)),
      credits_number: optional(text(), refersTo('invoices', 'credits_id', { ofSameCustomer: true })),
      status: required(oneOf(...INVOICE_STATUSES)),
      issued_on: optional(date),
      due_on: optional(date),
      cost_bearer_ik: optional(text(), ofCostBearer),
      care_case_number: optional(text(), refersTo('care_cases', 'care_case_id', { ofSameCustomer: true })),
      net: required(amount),
      tax: required(amount),
      gross: required(amount),
      recipient_name: optional(text(), { expression: onceIssued('recipient_name', recipientNameOf('c')) }),
      recipient_address: optional(text(), { expression: onceIssued('recipient_address', recipientAddressOf('c.id')) }),
      remark: optional(text()),
    },
    {
      key: 'number',
      rules: [
        { column: 'issued_on', code: 'REQUIRED', when: "s.status = 'ISSUED' AND s.issued_on IS NULL" },
        { column: 'credits_number', code: 'NOT_ALLOWED', when: "s.kind = 'INVOICE' AND s.credits_number IS NOT NULL" },
        ...UNCREDITABLE.map(({ code, when }) => ({
          column: 'credits_number',
          code,
          when: `s.kind = 'CREDIT_NOTE' AND ${ofAnInvoice('s.credits_number', when('p'))}`,
        })),
      ],
      passes: ['s.credits_number IS NULL', 's.credits_number IS NOT NULL'],
    },
  ),
  file(
    'invoice_lines',
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
    'payments',
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
  file(
    'quotes',
    'quote',
    {
      number: required(text()),
      customer_number: ofCustomer,
      branch_code: ofBranch,
      status: required(oneOf(...QUOTE_STATUSES)),
      issued_on: required(date),
      valid_until: optional(date),
      gross: required(amount),
      recipient_name: name,
      recipient_address: optional(text()),
      remark: optional(text()),
    },
    { key: 'number' },
  ),
  file(
    'receipts',
    'receipt',
    {
      number: required(text()),
      customer_number: ofCustomer,
      branch_code: ofBranch,
      issued_at: required(instant),
      gross: required(signedAmount),
      customer_name: name,
    },
    { key: 'number' },
  ),
  file(
    'service_contracts',
    'service_contract',
    {
      number: required(text()),
      customer_number: ofCustomer,
      status: required(oneOf(...CONTRACT_STATUSES)),
      starts_on: required(date),
      ends_on: optional(date),
      auto_renew: optional(boolean, { whenEmpty: 'false' }),
      termination_effective_on: optional(date),
      voided_on: optional(date),
      title: optional(text()),
      note,
    },
    { key: 'number' },
  ),
  file(
    'stock_items',
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
  file(
    'device_loans',
    'device_loan',
    {
      customer_number: ofCustomer,
      serial_number: required(text(), refersTo('stock_items', 'stock_item_id')),
      kind: required(oneOf(...LOAN_KINDS)),
      issued_on: required(date),
      due_on: optional(date),
      resolution: optional(oneOf(...LOAN_RESOLUTIONS)),
      resolved_on: optional(date),
      note,
    },
    {
      rules: [
        { column: 'resolution', code: 'REQUIRED', when: 's.resolution IS NULL AND s.resolved_on IS NOT NULL' },
        { column: 'resolved_on', code: 'REQUIRED', when: 's.resolution IS NOT NULL AND s.resolved_on IS NULL' },
      ],
    },
  ),
  file(
    'loyalty_programs',
    'loyalty_program',
    { code: required(text()), name: required(text()), ends_on: optional(date), archived_on: optional(date) },
    { key: 'code', masterData: true },
  ),
  file(
    'customer_cards',
    'customer_card',
    {
      number: required(text()),
      customer_number: ofCustomer,
      valid_until: optional(date),
      invalidated_on: optional(date),
    },
    { key: 'number' },
  ),
  file('program_enrollments', 'program_enrollment', {
    customer_number: ofCustomer,
    program_code: ofProgram,
    card_number: optional(text(), refersTo('customer_cards', 'card_id', { ofSameCustomer: true })),
    starts_on: required(date),
    ends_on: optional(date),
    voucher_number: optional(text()),
  }),
  file('loyalty_transactions', 'loyalty_transaction', {
    customer_number: ofCustomer,
    program_code: ofProgram,
    occurred_at: required(instant),
    points: optional(integer),
    amount: optional(signedAmount),
    card_number: optional(text()),
  }),
  file(
    'archive_documents',
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
        // known once the content is written
        size: { sql: 'bigint' },
        content_id: { sql: 'uuid' },
      },
      // Documents of this type are what an anonymization itself has sealed, and are passed over by the next one.
      rules: [
        {
          column: 'type',
          code: 'NOT_ALLOWED',
          when: `s.type IN (${RESERVED_TYPES.map((type) => `'${type}'`).join(', ')})`,
        },
      ],
    },
  ),
  file('selections', 'selection', { name: required(text()), customer_number: ofCustomer }),
];

const BY_NAME = new Map(IMPORT_FILES.map((each) => [each.name, each]));

export function importFile(wanted: string): ImportFile {
  const found = BY_NAME.get(wanted);
  if (found === undefined) throw new Error(`There is no import file ${wanted}`);
  return found;
}

function file(
  fileName: string,
  table: string,
  columns: ImportFile['columns'],
  more: Partial<ImportFile> = {},
): ImportFile {
  return {
    name: fileName,
    fileName: `${fileName}.csv`,
    staging: `import_${fileName}`,
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

/** An issued invoice names its recipient; an empty cell stands for the customer's own. */
function onceIssued(column: string, own: string): string {
  return `CASE s.status WHEN 'ISSUED' THEN
    coalesce(s.${column}, (SELECT ${own} FROM customer c WHERE c.customer_number = s.customer_number)) ELSE s.${column} END`;
}

/** True when the number is that of an invoice `p`, of the folder or stored, that meets the condition. */
function ofAnInvoice(number: string, condition: string): string {
  const numbers = ['import_invoices', 'invoice'].map((table) => `SELECT p.number FROM ${table} p WHERE ${condition}`);
  return `${number} IN (${numbers.join(' UNION ALL ')})`;
}
