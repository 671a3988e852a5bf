import { parse } from 'csv-parse/sync';
import type { IdentifierKind } from '../libraries/redaction';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A value to search for, with its kind if the file states it. */
export interface ScanValue {
  readonly kind: IdentifierKind | null;
  readonly value: string;
}

/** Old values by customer id or customer number, as the file states it. Several records may name the same customer. */
export type ValuesByCustomer = ReadonlyMap<string, readonly ScanValue[]>;

/** Column names that identify the customer, without case, spaces and underscores. */
const CUSTOMER_COLUMNS = new Set(['customerid', 'customernumber', 'kundennummer', 'kundennr', 'kundenid', 'id']);

/** The kind of a value by its column name, as used in import folders, API responses and German exports. */
const KINDS: Readonly<Record<string, IdentifierKind>> = {
  ...{ firstname: 'FIRST_NAME', vorname: 'FIRST_NAME', lastname: 'LAST_NAME', nachname: 'LAST_NAME' },
  ...{ birthname: 'BIRTH_NAME', geburtsname: 'BIRTH_NAME', companyname: 'COMPANY_NAME', firma: 'COMPANY_NAME' },
  ...{ accountholder: 'COPIED_NAME', addressee: 'COPIED_NAME', cardholder: 'COPIED_NAME', customername: 'COPIED_NAME' },
  ...{ maininsuredperson: 'COPIED_NAME', ownername: 'COPIED_NAME', payername: 'COPIED_NAME' },
  ...{
    recipientname: 'COPIED_NAME',
    recipientaddress: 'ADDRESS',
    street: 'STREET',
    strasse: 'STREET',
    straße: 'STREET',
  },
  ...{ email: 'EMAIL', mail: 'EMAIL', phone: 'PHONE', mobile: 'PHONE', telefon: 'PHONE', mobil: 'PHONE' },
  ...{ iban: 'IBAN', membernumber: 'NUMBER', insurednumber: 'NUMBER', birthdate: 'BIRTH_DATE', note: 'NOTE' },
};

/** Columns whose values many customers share. */
const SHARED = new Set(
  (
    'branchcode status salutation anrede title titel gender geschlecht type city ort postalcode plz country land ' +
    'kind createdat anonymizedat version'
  ).split(' '),
);

/**
 * Reads the values to search for: CSV records `customer,value,…`, or JSON lines
 * `{"customerId": "…", "email": "…", "phones": ["…"]}`. A customer is given by id or customer number. The first CSV
 * record is a header when one of its cells is a column name that identifies the customer; the column names, like the
 * JSON keys, then determine the kinds of the values.
 *
 * @returns the values, or the number of the first record that has no customer or a syntax error
 */
export function readScanValues(text: string): ValuesByCustomer | number {
  const records = /^\s*\{/.test(text) ? jsonRecords(text) : csvRecords(text);
  if (typeof records === 'number') return records;
  const found = new Map<string, ScanValue[]>();
  for (const [index, record] of records.entries()) {
    if (record === null) continue;
    const customer = UUID.test(record.customer) ? record.customer.toLowerCase() : record.customer;
    if (customer === '') return index + 1;
    found.set(customer, [...(found.get(customer) ?? []), ...record.values.filter(({ value }) => value !== '')]);
  }
  return found;
}

interface ScanRecord {
  readonly customer: string;
  readonly values: readonly ScanValue[];
}

/** null for a header or an empty line */
type Records = readonly (ScanRecord | null)[];

function csvRecords(text: string): Records | number {
  const lines = csvLines(text);
  if (typeof lines === 'number') return lines;
  const names = (lines[0] ?? []).map(plainName);
  const customerAt = names.findIndex((name) => CUSTOMER_COLUMNS.has(name));
  if (customerAt === -1) return lines.map(([customer = '', ...values]) => ({ customer, values: values.map(unnamed) }));
  return lines.map((cells, index) =>
    index === 0
      ? null
      : recordOf(
          cells.map((cell, column) => [names[column] ?? '', cell] as const),
          customerAt,
        ),
  );
}

function csvLines(text: string): readonly (readonly string[])[] | number {
  try {
    return parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    return (error as { lines?: number }).lines ?? 1; // never the error message, which repeats the line
  }
}

function jsonRecords(text: string): Records | number {
  const records: (ScanRecord | null)[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const parsed = line.trim() === '' ? null : objectOf(line);
    if (parsed === undefined) return index + 1;
    const cells = Object.entries(parsed ?? {}).flatMap(([name, value]) =>
      [value].flat().map((each) => [plainName(name), stringOf(each)] as const),
    );
    records.push(
      parsed === null
        ? null
        : recordOf(
            cells,
            cells.findIndex(([name]) => CUSTOMER_COLUMNS.has(name)),
          ),
    );
  }
  return records;
}

type Cell = readonly [name: string, value: string];

function recordOf(cells: readonly Cell[], customerAt: number): ScanRecord {
  const values = cells.filter(([name], column) => column !== customerAt && !SHARED.has(name));
  return {
    customer: cells[customerAt]?.[1] ?? '',
    values: values.map(([name, value]) => ({ kind: KINDS[name] ?? null, value })),
  };
}

function objectOf(line: string): Record<string, unknown> | undefined {
  try {
    const record: unknown = JSON.parse(line);
    return typeof record === 'object' && record !== null ? (record as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

const plainName = (name: string) => name.toLowerCase().replace(/[\s_-]+/g, '');
const unnamed = (value: string): ScanValue => ({ kind: null, value });
const stringOf = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
