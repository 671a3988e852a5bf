import type { Client } from 'pg';
import type { CustomerTable, MappedColumn } from '../../src/modules/data-map';
import { CANARY, CANARY_BIRTH_DATE } from './canary';

/**
 * SQL expressions by column; `c` is the customer. Personal text columns without an expression get the customer's name.
 */
type Row = Readonly<Record<string, string>>;

/** Occurs in every personal text of a {@link Population}, and nowhere else. */
export const NEEDLE = `${CANARY}geheim`;

const BRANCH = '(SELECT min(id) FROM branch)';
const COST_BEARER = '(SELECT min(id) FROM cost_bearer)';
const PROGRAM = '(SELECT min(id) FROM loyalty_program)';
const SELECTION = '(SELECT max(id) FROM selection)';
const UNIQUE = 'gen_random_uuid()::text';
const UNIQUE_NEEDLE = `'${NEEDLE}' || gen_random_uuid()`;
const RANDOM = 'floor(random() * 1e9)::int';
const FULL_NAME = "concat_ws(' ', c.first_name, c.last_name)";
const own = (table: string, condition = 'true') =>
  `(SELECT max(p.id) FROM ${table} p WHERE p.customer_id = c.id AND ${condition})`;
const nobody = "'00000000-0000-7000-8000-000000000000'";

const INVOICE: Row = {
  number: UNIQUE,
  branch_id: BRANCH,
  kind: "'INVOICE'",
  status: "'ISSUED'",
  issued_on: "'2020-01-01'",
  cost_bearer_id: COST_BEARER,
  net: '0',
  tax: '0',
  gross: '0',
};
const LINE: Row = { position: RANDOM, quantity: '1', amount: '0' };
const PAYMENT: Row = { kind: "'PAYMENT'", paid_on: "'2020-01-15'", amount: '0', method: "'TRANSFER'" };
const QUOTE: Row = { number: UNIQUE, branch_id: BRANCH, issued_on: "'2020-01-01'", gross: '11900' };
const CONTRACT: Row = { number: UNIQUE, starts_on: "'2020-01-01'", ends_on: "'2021-12-31'" };
const issued = own('invoice', "p.status = 'ISSUED'");
const draft = own('invoice', "p.status = 'DRAFT'");

/** The database accepts lines of an issued document only in the transaction that inserts the document. */
const issuedWithIt = 'issued.id';
const insertIssued = (invoice: CustomerTable) => {
  const values = { ...namesIn(invoice), ...INVOICE };
  return `INSERT INTO invoice (customer_id, ${Object.keys(values).join(', ')})
    SELECT c.id, ${Object.values(values).join(', ')} FROM customer c WHERE c.id = ANY ($1::uuid[])`;
};

const card = own('customer_card');
const PARENTS_THAT_GO = [draft, card];

/** The kinds of rows of each table, none of which blocks an anonymization; parents come before their children. */
const ROWS: Readonly<Record<string, readonly Row[]>> = {
  care_case: [
    { number: UNIQUE, branch_id: BRANCH, type: "'FITTING'", status: "'COMPLETED'", opened_on: "'2020-01-01'" },
  ],
  stock_item: [{ serial_number: UNIQUE, owner: "'CUSTOMER'", status: "'AT_CUSTOMER'" }],
  customer_card: [{ number: UNIQUE_NEEDLE, invalidated_on: "'2021-01-01'" }],
  invoice: [
    { ...INVOICE, care_case_id: own('care_case') },
    { ...INVOICE, status: "'DRAFT'" },
  ],
  invoice_line: [
    { ...LINE, invoice_id: issuedWithIt },
    { ...LINE, invoice_id: draft },
  ],
  payment: [
    { ...PAYMENT, invoice_id: issued },
    { ...PAYMENT, invoice_id: draft },
  ],
  quote: [
    { ...QUOTE, status: "'OPEN'" },
    { ...QUOTE, status: "'ACCEPTED'" },
  ],
  receipt: [{ number: UNIQUE, branch_id: BRANCH, issued_at: "'2020-01-01T10:00Z'", gross: '500' }],
  service_contract: [
    { ...CONTRACT, status: "'SIGNED'" },
    { ...CONTRACT, status: "'DRAFT'" },
  ],
  bank_account: [{ position: RANDOM }],
  device_loan: [
    {
      stock_item_id: own('stock_item'),
      kind: "'TRIAL'",
      issued_on: "'2020-01-01'",
      resolution: "'RETURNED'",
      resolved_on: "'2020-02-01'",
    },
  ],
  program_enrollment: [{ program_id: PROGRAM, card_id: card, starts_on: "'2020-01-01'" }],
  loyalty_transaction: [{ program_id: PROGRAM, occurred_at: "'2020-01-01T10:00Z'", points: '10', amount: '100' }],
  archive_key: [{ retention_class: "'NONE'", wrapped_key: "'\\x00'" }],
  archive_document: [
    { type: "'LETTER'", retention_class: "'NONE'", created_on: "'2020-01-01'", content_id: 'gen_random_uuid()' },
    {
      retention_class: "'VOUCHER'",
      created_on: "'2020-01-01'",
      retention_until: "'2099-12-31'",
      content_id: 'gen_random_uuid()',
    },
  ],
  customer_search: [{}],
  former_identity: [{}],
  address: [{ type: "'OTHER'" }],
  relationship: [{ kind: UNIQUE_NEEDLE }],
  cost_bearer_membership: [{ cost_bearer_id: COST_BEARER }],
  health_insurance_card: [{ cost_bearer_id: COST_BEARER }],
  marketing_consent: [{ channel: "'POST'", granted_on: "'2020-01-01'" }],
  legal_hold: [
    {
      reason_code: "'LITIGATION'",
      set_on: "'2020-01-01'",
      set_at: "'2020-01-01'",
      set_by: nobody,
      lifted_at: "'2020-02-01'",
      lifted_by: nobody,
    },
  ],
  selection_member: [{ selection_id: SELECTION }],
};

const PARENTS = ['care_case', 'stock_item', 'customer_card', 'invoice'];

/** An INSERT of rows for the customers $1 (uuid[]), referenced by the column `owner`. */
export interface RowInsert {
  readonly table: CustomerTable;
  readonly owner: string;
  /** `invoice 2 of 2` for tables with several kinds of rows */
  readonly name: string;
  readonly sql: string;
  /** The parent row is erased with the customer, so the foreign key may refuse the row first. */
  readonly losesParent: boolean;
}

/** Columns with text about the customer. */
export const personalTexts = ({ columns }: CustomerTable): string[] =>
  columns.filter((column) => column.type === 'text' && isPersonal(column)).map(({ name }) => name);

const namesIn = (table: CustomerTable): Row =>
  Object.fromEntries(personalTexts(table).map((column) => [column, FULL_NAME]));

const isPersonal = ({ rule: { treatment, category } }: MappedColumn) =>
  treatment !== 'KEEP' && treatment !== 'SEAL' && category !== 'RECORD' && category !== 'NOT_PERSONAL';

/**
 * One INSERT per table, column that refers to a customer, and kind of row; parents first. Fails for a table without
 * rows here.
 */
export function rowInserts(tables: readonly CustomerTable[]): RowInsert[] {
  const described = Object.keys(ROWS);
  const unknown = tables.find(({ name }) => name !== 'customer' && !described.includes(name));
  if (unknown !== undefined)
    throw new Error(`test/support/customer-rows.ts does not say what a row of ${unknown.name} is`);
  const invoice = tables.find(({ name }) => name === 'invoice');
  return tables
    .filter(({ name }) => name !== 'customer')
    .sort((a, b) => described.indexOf(a.name) - described.indexOf(b.name))
    .flatMap((table) =>
      table.rule.customerColumns.flatMap((owner) => ROWS[table.name]!.map(insertOf(table, owner, invoice))),
    );
}

const insertOf =
  (table: CustomerTable, owner: string, invoice: CustomerTable | undefined) =>
  (row: Row, index: number, { length }: readonly Row[]): RowInsert => {
    const others = table.rule.customerColumns.filter((column) => column !== owner);
    const values = {
      ...namesIn(table),
      ...Object.fromEntries(others.map((column) => [column, NEXT_CUSTOMER])),
      ...row,
      [owner]: 'c.id',
    };
    const kind = length === 1 ? '' : ` ${index + 1} of ${length}`;
    const insert = `INSERT INTO ${table.name} (${Object.keys(values).join(', ')})`;
    const rows = `SELECT ${Object.values(values).join(', ')} FROM customer c`;
    return {
      table,
      owner,
      name: `${table.name}${others.length === 0 ? '' : `.${owner}`}${kind}`,
      sql:
        values.invoice_id === issuedWithIt
          ? `WITH issued AS (${insertIssued(invoice!)} RETURNING id, customer_id)
             ${insert} ${rows} JOIN issued ON issued.customer_id = c.id ORDER BY c.id`
          : `${insert} ${rows} WHERE c.id = ANY ($1::uuid[]) ORDER BY c.id`,
      losesParent: Object.values(values).some((value) => PARENTS_THAT_GO.includes(value)),
    };
  };

/** The next customer by id, the first one after the last. */
const NEXT_CUSTOMER = `coalesce(${['>', '<']
  .map(
    (direction) => `(SELECT o.id FROM customer o
      WHERE o.id ${direction} c.id AND o.anonymized_at IS NULL ORDER BY o.id LIMIT 1)`,
  )
  .join(', ')})`;

/** Writes whole populations straight into the database, past the product and with one statement per table. */
export class Population {
  /** By customer id, a regular expression of the customer's names. */
  readonly names = new Map<string, string>();

  private constructor(
    private readonly client: Client,
    private readonly tables: readonly CustomerTable[],
  ) {}

  static async of(client: Client, tables: readonly CustomerTable[]): Promise<Population> {
    await client.query(`
      INSERT INTO branch (code, name) VALUES ('B-1', 'Filiale');
      INSERT INTO cost_bearer (ik, name) VALUES ('101234567', 'Kasse');
      INSERT INTO loyalty_program (code, name) VALUES ('P-1', 'Programm');
      INSERT INTO selection (name) VALUES ('Selektion')`);
    return new Population(client, tables);
  }

  /** Inserts customers with all their own columns filled; returns their ids in order. */
  async customers(count: number): Promise<string[]> {
    const customer = this.tables.find(({ name }) => name === 'customer')!;
    const texts = personalTexts(customer).filter((column) => !['first_name', 'last_name'].includes(column));
    const { rows } = await this.client.query<{ id: string; names: string }>(
      `INSERT INTO customer (customer_number, branch_id, status, birth_date, first_name, last_name, ${texts.join(', ')})
       SELECT 'K-' || ${UNIQUE}, ${BRANCH}, 'ACTIVE', '${CANARY_BIRTH_DATE}', '${NEEDLE}' || n, '${NEEDLE}er' || n, ${texts.map(() => `'${NEEDLE}' || n`).join(', ')}
       FROM generate_series(1, $1::int) AS n RETURNING id, first_name || '|' || last_name AS names`,
      [count],
    );
    for (const { id, names } of rows) this.names.set(id, names);
    return rows.map(({ id }) => id).sort();
  }

  /** Inserts a row of every kind into every table, for each of the customers. */
  async fill(customerIds: readonly string[]): Promise<void> {
    await this.write(rowInserts(this.tables), customerIds);
  }

  /** Inserts only the rows that other rows refer to. */
  async fillParents(customerIds: readonly string[]): Promise<void> {
    await this.write(
      rowInserts(this.tables).filter(({ table }) => PARENTS.includes(table.name)),
      customerIds,
    );
  }

  private async write(inserts: readonly RowInsert[], customerIds: readonly string[]): Promise<void> {
    for (const { sql } of inserts) await this.client.query(sql, [customerIds]);
  }
}
