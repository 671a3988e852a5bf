import { parse } from 'csv-parse/sync';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The old values of each customer, by id; several lines may name the same one. */
export type ValuesByCustomer = ReadonlyMap<string, readonly string[]>;

/**
 * Reads what shall be looked for: CSV lines `customerId,value,…`, or JSON lines `{"customerId": "…", "email": "…", "phones": ["…"]}` with any names.
 * A first line of CSV that names no customer is a header.
 *
 * @returns the number of the first record that names no customer or cannot be read, otherwise the values
 */
export function readScanValues(text: string): ValuesByCustomer | number {
  const isJson = /^\s*\{/.test(text);
  const records = isJson ? jsonLines(text) : csvLines(text);
  if (typeof records === 'number') return records;
  const found = new Map<string, string[]>();
  for (const [index, [id = '', ...values]] of records.entries()) {
    if (values.length === 0 && id === '') continue;
    if (UUID.test(id)) found.set(id.toLowerCase(), [...(found.get(id.toLowerCase()) ?? []), ...values.filter(Boolean)]);
    else if (isJson || index > 0) return index + 1;
  }
  return found;
}

type Line = readonly string[];

function csvLines(text: string): Line[] | number {
  try {
    return parse(text, { bom: true, relax_column_count: true, trim: true });
  } catch (error) {
    return (error as { lines?: number }).lines ?? 1; // never its message, which repeats the line
  }
}

function jsonLines(text: string): Line[] | number {
  const lines: Line[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const record = line.trim() === '' ? {} : recordOf(line);
    if (record === null) return index + 1;
    const { customerId, ...values } = record;
    lines.push([stringOf(customerId), ...Object.values(values).flat().map(stringOf)]);
  }
  return lines;
}

function recordOf(line: string): Record<string, unknown> | null {
  try {
    const record: unknown = JSON.parse(line);
    return typeof record === 'object' && record !== null ? (record as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

const stringOf = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
