import type { Client } from 'pg';
import { CANARY } from './canary';

type Values = Readonly<Record<string, unknown>>;
type Defaults = (serial: number) => Values;

/** The minimal values of a row; each test gives only those that matter to it. */
const DEFAULTS: Readonly<Record<string, Defaults>> = {
  branch: (n) => ({ code: `B${n}`, name: `Filiale ${n}` }),
  cost_bearer: (n) => ({ ik: `10${1000000 + n}`, name: `Kasse ${n}` }),
  loyalty_program: (n) => ({ code: `P${n}`, name: `Programm ${n}` }),
  customer: (n) => ({
    customer_number: `K${n}`,
    status: 'ACTIVE',
    first_name: 'Erika',
    last_name: CANARY,
    email: `${CANARY}@example.org`,
    note: CANARY,
  }),
  address: () => ({ type: 'RESIDENTIAL', street: `${CANARY}weg 1`, city: CANARY, addressee: CANARY }),
  relationship: () => ({ kind: 'CHILD' }),
  marketing_consent: () => ({ channel: 'POST', granted_on: '2020-01-01' }),
  legal_hold: () => ({
    reason_code: 'LITIGATION',
    set_on: '2020-01-01',
    set_at: '2020-01-01T09:00Z',
    set_by: '00000000-0000-7000-8000-000000000000',
  }),
  care_case: (n) => ({
    number: `V${n}`,
    type: 'FITTING',
    status: 'COMPLETED',
    opened_on: '2020-01-01',
    title: CANARY,
    note: CANARY,
  }),
  stock_item: (n) => ({ serial_number: `S${n}`, owner: 'SHOP', status: 'IN_STOCK' }),
  device_loan: () => ({ kind: 'TRIAL', issued_on: '2020-01-01', note: CANARY }),
  bank_account: (n) => ({ position: n, account_holder: CANARY, bank_name: CANARY }),
  invoice: (n) => ({
    number: `R${n}`,
    kind: 'INVOICE',
    status: 'ISSUED',
    issued_on: '2020-01-01',
    net: 10000,
    tax: 1900,
    gross: 11900,
    recipient_name: CANARY,
    recipient_address: CANARY,
    remark: CANARY,
  }),
  invoice_line: (n) => ({ position: n, quantity: 1, amount: 11900, text: `Etui, ${CANARY}` }),
  payment: () => ({
    kind: 'PAYMENT',
    paid_on: '2020-01-15',
    amount: 11900,
    method: 'TRANSFER',
    payer_name: CANARY,
    reference: CANARY,
  }),
  quote: (n) => ({
    number: `A${n}`,
    status: 'OPEN',
    issued_on: '2020-01-01',
    gross: 11900,
    recipient_name: CANARY,
    remark: CANARY,
  }),
  receipt: (n) => ({ number: `B${n}`, issued_at: '2020-01-01T10:00Z', gross: 500, customer_name: CANARY }),
  service_contract: (n) => ({
    number: `W${n}`,
    status: 'SIGNED',
    starts_on: '2020-01-01',
    ends_on: '2021-12-31',
    title: CANARY,
    note: CANARY,
  }),
  customer_card: (n) => ({ number: `CARD-${n}` }),
  program_enrollment: () => ({ starts_on: '2020-01-01', voucher_number: CANARY }),
  loyalty_transaction: () => ({ occurred_at: '2020-01-01T10:00Z', points: 10, amount: 100 }),
  archive_document: () => ({
    type: 'LETTER',
    retention_class: 'NONE',
    created_on: '2020-01-01',
    title: CANARY,
    file_name: CANARY,
  }),
  selection: (n) => ({ name: `Selektion ${n}` }),
};

const NEEDS_BRANCH = new Set(['customer', 'care_case', 'invoice', 'quote', 'receipt']);
let serial = 0;

/** Inserts rows straight into the database, past the product. */
export class Records {
  private branchId: string | undefined;

  constructor(private readonly client: Client) {}

  async customer(values: Values = {}): Promise<string> {
    return this.insert('customer', values);
  }

  /** Inserts a row and returns its id, or null for a table without one. */
  async insert(table: string, values: Values = {}): Promise<string> {
    const n = ++serial;
    const row: Values = {
      ...DEFAULTS[table]?.(n),
      ...(NEEDS_BRANCH.has(table) ? { branch_id: await this.branch() } : {}),
      ...values,
    };
    const names = Object.keys(row);
    const { rows } = await this.client.query<{ id?: string }>(
      `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((_, index) => `$${index + 1}`).join(', ')}) RETURNING *`,
      Object.values(row),
    );
    return rows[0]!.id ?? '';
  }

  /** Inserts an invoice that is paid in full. */
  async paidInvoice(customerId: string, values: Values = {}, lines: readonly Values[] = []): Promise<string> {
    const invoiceId = await this.invoice(customerId, values, lines);
    await this.insert('payment', { customer_id: customerId, invoice_id: invoiceId, amount: values.gross ?? 11900 });
    return invoiceId;
  }

  /** Inserts an issued invoice; its lines are written while it is a draft. */
  async invoice(customerId: string, values: Values = {}, lines: readonly Values[] = []): Promise<string> {
    const of = { customer_id: customerId };
    const draft: Values = lines.length === 0 ? {} : { status: 'DRAFT' };
    const invoiceId = await this.insert('invoice', { ...of, ...values, ...draft });
    for (const line of lines) await this.insert('invoice_line', { ...of, invoice_id: invoiceId, ...line });
    if (lines.length > 0) await this.client.query(`UPDATE invoice SET status = 'ISSUED' WHERE id = $1`, [invoiceId]);
    return invoiceId;
  }

  private async branch(): Promise<string> {
    return (this.branchId ??= await this.insert('branch'));
  }
}
