import type { CustomerTable, MappedColumn, MappedTable } from '../../data-map';

/** Why the values of a column are not handed out. */
export type Withheld = 'KEY_OR_SEALED_CONTENT' | 'LEADS_TO_SOMEBODY_ELSE' | 'INTERNAL_REFERENCE';

/**
 * What of a customer's row is not the customer's to read: keys that open documents, and references that lead to other
 * customers, employees or runs. Null for everything else.
 */
export function withheld({ rule }: CustomerTable, column: MappedColumn): Withheld | null {
  if (column.type === 'bytea') return 'KEY_OR_SEALED_CONTENT';
  if (rule.customerColumns.length > 1 && column.rule.category === 'NOT_PERSONAL') return 'LEADS_TO_SOMEBODY_ELSE';
  if (column.type === 'uuid' && !rule.customerColumns.includes(column.name)) return 'INTERNAL_REFERENCE';
  return null;
}

/** Of a row that is not the customer's, but which one of the customer's rows refers to. */
export const isNeutral = ({ type, rule }: MappedColumn): boolean =>
  (rule.category === 'NOT_PERSONAL' || rule.category === 'RECORD') && type !== 'uuid' && type !== 'bytea';

/** `customer_number` is `customerNumber` in the API. */
export const fieldOf = (column: string): string =>
  column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** A SELECT of rows of the table `t` as JSON, in the API's names and forms. */
export function selectJson(table: MappedTable, columns: readonly MappedColumn[], condition: string): string {
  const list = columns.map((column) => `${valueOf(column)} AS "${fieldOf(column.name)}"`).join(', ');
  return `SELECT '${table.name}' AS "table", row_to_json(r) AS row
    FROM (SELECT ${list} FROM ${table.name} t WHERE ${condition}) AS r`;
}

/** Ids are strings, instants UTC; the rest is as JSON has it. */
function valueOf({ name, type }: MappedColumn): string {
  if (type === 'bigint' && (name === 'id' || name.endsWith('_id'))) return `t.${name}::text`;
  if (type === 'timestamp with time zone')
    return `to_char(t.${name} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  return `t.${name}`;
}
