import type { Identifier } from '../libraries/redaction';
import type { CustomerTable, DataMap, Erasure } from '../modules/data-map';
import { CUSTOMERS } from '../modules/customer';
import { INVOICES } from '../modules/finance';
import { findMembers } from '../modules/selection';
import type { TransactionRunner } from '../platform/database/transaction-runner';

const CUSTOMERS_PER_BATCH = 1_000;

/** An issued invoice in the database. */
export interface IssuedInvoice {
  readonly number: string;
  readonly customerNumber: string;
  readonly issuedOn: string;
  readonly recipientName: string | null;
  readonly recipientAddress: string | null;
}

/** Ids of the customers that share a record. */
export type Pair = readonly string[];

export interface Digests {
  /** digest of all records that belong to one customer only, by customer */
  readonly digests: ReadonlyMap<string, string>;
  readonly shared: readonly Pair[];
}

export interface RedactedText {
  readonly customerId: string;
  /** `public.invoice_line.text` */
  readonly location: string;
  readonly text: string;
}

/** Reads the stored data of the customers before and after a rehearsed run. */
export class RehearsalInventory {
  constructor(
    private readonly map: DataMap,
    private readonly erasure: Erasure,
    private readonly transaction: TransactionRunner,
  ) {}

  /** Identifiers of the customers, as the anonymization reads them. */
  async identifiersOf(customerIds: readonly string[]): Promise<ReadonlyMap<string, readonly Identifier[]>> {
    const found = new Map<string, readonly Identifier[]>();
    for (let first = 0; first < customerIds.length; first += CUSTOMERS_PER_BATCH) {
      const ids = customerIds.slice(first, first + CUSTOMERS_PER_BATCH);
      const identifiers = await this.transaction.run(() => this.erasure.identifiersOf(ids));
      for (const [id, own] of identifiers) found.set(id, own);
    }
    return found;
  }

  async digests(): Promise<Digests> {
    const rows = this.tables(isOfOneCustomer).map(({ name, rule }) => {
      const [owner] = rule.customerColumns;
      return `SELECT t.${owner} AS id, md5('${name}' || t::text) AS digest FROM ${name} t WHERE t.${owner} IS NOT NULL`;
    });
    const digests = await this.query<{ id: string; digest: string }>(
      `SELECT id, md5(string_agg(digest, '' ORDER BY digest)) AS digest
       FROM (${rows.join(' UNION ALL ')}) AS record GROUP BY id`,
    );
    const pairs = this.tables((table) => !isOfOneCustomer(table)).map(
      ({ name, rule }) =>
        `SELECT ARRAY[${rule.customerColumns.map((owner) => `t.${owner}::text`).join(', ')}] AS pair FROM ${name} t`,
    );
    const shared = await this.query<{ pair: Pair }>(pairs.join(' UNION ALL '));
    return { digests: new Map(digests.map(({ id, digest }) => [id, digest])), shared: shared.map(({ pair }) => pair) };
  }

  /** Texts in the customers' own records that an anonymization redacts, by column. */
  async redactedTexts(customerIds: readonly string[]): Promise<readonly RedactedText[]> {
    const texts = this.tables(() => true).flatMap(({ name, rule, columns }) =>
      columns
        .filter((column) => column.rule.treatment === 'REDACT')
        .flatMap((column) =>
          rule.customerColumns.map(
            (owner) =>
              `SELECT t.${owner} AS "customerId", 'public.${name}.${column.name}' AS location, t.${column.name} AS text
               FROM ${name} t WHERE t.${owner} = ANY ($1::uuid[]) AND t.${column.name} IS NOT NULL`,
          ),
        ),
    );
    return this.query<RedactedText>(texts.join(' UNION ALL '), [customerIds]);
  }

  issuedInvoices(): Promise<IssuedInvoice[]> {
    return this.query<IssuedInvoice>(
      `SELECT i.number, c.customer_number AS "customerNumber", i.issued_on::text AS "issuedOn",
         i.recipient_name AS "recipientName", i.recipient_address AS "recipientAddress"
       FROM ${INVOICES} i JOIN ${CUSTOMERS} c ON c.id = i.customer_id WHERE i.status = 'ISSUED'`,
    );
  }

  memberIds(selectionId: string): Promise<string[]> {
    return this.transaction.run(() => findMembers(this.transaction, selectionId));
  }

  private tables(which: (table: CustomerTable) => boolean): CustomerTable[] {
    return this.map.allCustomerTables.filter(which);
  }

  private query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return this.transaction.queryAlone<Row>(sql, parameters);
  }
}

const isOfOneCustomer = ({ rule }: CustomerTable) => rule.customerColumns.length === 1;
