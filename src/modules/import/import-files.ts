import { type RetentionClass, retentionUntil } from '../../kernel/retention';
import { list, literal } from '../../platform/database/sql-text';
import { ArchiveDocument, mediaTypeOf } from '../archive';
import { Branch, CostBearer } from '../branch';
import {
  Address,
  CostBearerMembership,
  Customer,
  CUSTOMERS,
  HealthInsuranceCard,
  MarketingConsent,
  recipientAddressOf,
  recipientNameOf,
  Relationship,
} from '../customer';
import { CareCase, DeviceLoan, StockItem } from '../device';
import {
  BankAccount,
  Invoice,
  INVOICES,
  InvoiceLine,
  Payment,
  PAYMENT_METHODS,
  Quote,
  Receipt,
  ServiceContract,
  UNCREDITABLE,
} from '../finance';
import { CustomerCard, LoyaltyProgram, LoyaltyTransaction, ProgramEnrollment } from '../loyalty';
import { capitals, text } from './cell-type';
import type { ImportFile } from './import-file';
import { namesOf, OF_CUSTOMER, recordFile } from './record-file';

/** Condition: the method of the staged payment is not in the closed list of the database. */
export const UNLISTED_METHOD = `s.method NOT IN (${list(PAYMENT_METHODS.map(literal))})`;

/** One row for each member of a selection. */
const SELECTIONS: ImportFile = {
  ...namesOf('selection'),
  table: 'selection',
  columns: { name: { type: text(), required: true }, ...OF_CUSTOMER },
  derived: {},
  unique: [],
  rules: [],
  masterData: false,
  passes: ['true'],
};

/** Every file of the import folder with its columns and rules, in the order of storing. */
export const IMPORT_FILES: readonly ImportFile[] = [
  recordFile(Branch),
  recordFile(CostBearer),
  recordFile(Customer),
  recordFile(Address),
  recordFile(Relationship),
  recordFile(CostBearerMembership),
  recordFile(HealthInsuranceCard),
  recordFile(MarketingConsent),
  recordFile(BankAccount),
  recordFile(CareCase),
  recordFile(Invoice, {
    changes: {
      recipient_name: { expression: onceIssued('recipient_name', recipientNameOf('c')) },
      recipient_address: { expression: onceIssued('recipient_address', recipientAddressOf('c.id')) },
    },
    rules: UNCREDITABLE.map(({ code, when }) => ({
      column: 'credits_number',
      code,
      when: () => `s.kind = 'CREDIT_NOTE' AND ${ofAnInvoice('s.credits_number', when('p'))}`,
    })),
  }),
  recordFile(InvoiceLine, { partOf: Invoice }),
  recordFile(Payment, {
    partOf: Invoice,
    changes: {
      method: { type: capitals, expression: `CASE WHEN ${UNLISTED_METHOD} THEN 'OTHER' ELSE s.method END` },
    },
    rules: [
      {
        column: 'invoice_number',
        code: 'INVOICE_NOT_ISSUED',
        when: () => ofAnInvoice('s.invoice_number', "p.status = 'DRAFT'"),
      },
    ],
  }),
  recordFile(Quote),
  recordFile(Receipt),
  recordFile(ServiceContract),
  recordFile(StockItem),
  recordFile(DeviceLoan, {
    // a past loan may concern a device that another customer has today
    changes: { serial_number: { reference: { to: 'stock_items', as: 'stock_item_id' } } },
  }),
  recordFile(LoyaltyProgram),
  recordFile(CustomerCard),
  recordFile(ProgramEnrollment),
  recordFile(LoyaltyTransaction),
  recordFile(ArchiveDocument, {
    extras: { file: { type: text(), required: false, notStored: true } },
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
  }),
  SELECTIONS,
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

/** Expression: an issued invoice stores its recipient; an empty cell means the customer's own value. */
function onceIssued(column: string, own: string): string {
  return `CASE s.status WHEN 'ISSUED' THEN
    coalesce(s.${column}, (SELECT ${own} FROM ${CUSTOMERS} c
      WHERE c.customer_number = s.customer_number)) ELSE s.${column} END`;
}

/** Condition: the number is that of an invoice `p`, in the folder or stored, that meets the condition. */
function ofAnInvoice(number: string, condition: string): string {
  const numbers = ['import_invoices', INVOICES].map((table) => `SELECT p.number FROM ${table} p WHERE ${condition}`);
  return `${number} IN (${numbers.join(' UNION ALL ')})`;
}
