import type { CustomerTable, MappedColumn, MappedTable } from '../../data-map';

/** Why an export omits the values of a column. */
export type Withheld = 'KEY_OR_SEALED_CONTENT' | 'LEADS_TO_SOMEBODY_ELSE' | 'INTERNAL_REFERENCE';

/**
 * Why the export omits a column of a customer's row: keys that decrypt documents, and references to other customers,
 * employees or runs. Null for every exported column.
 */
export function withheld({ rule }: CustomerTable, column: MappedColumn): Withheld | null {
  if (column.type === 'bytea') return 'KEY_OR_SEALED_CONTENT';
  if (rule.customerColumns.length > 1 && column.rule.category === 'NOT_PERSONAL') return 'LEADS_TO_SOMEBODY_ELSE';
  if (column.type === 'uuid' && !rule.customerColumns.includes(column.name)) return 'INTERNAL_REFERENCE';
  return null;
}

/**
 * Whether the export may show the column for a row that does not belong to the customer but is referenced by one that
 * does.
 */
export const isNeutral = ({ type, rule }: MappedColumn): boolean =>
  (rule.category === 'NOT_PERSONAL' || rule.category === 'RECORD') && type !== 'uuid' && type !== 'bytea';

/** `customer_number` → `customerNumber` */
export const fieldOf = (column: string): string =>
  column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** A SELECT that returns rows of the table `t` as JSON, in the API's names and formats. */
export function selectJson(table: MappedTable, columns: readonly MappedColumn[], condition: string): string {
  const list = columns.map((column) => `${valueOf(column)} AS "${fieldOf(column.name)}"`).join(', ');
  return `SELECT '${table.name}' AS "table", row_to_json(r) AS row
    FROM (SELECT ${list} FROM ${table.name} t WHERE ${condition}) AS r`;
}

/** Ids as strings and instants in UTC; everything else as PostgreSQL converts it to JSON. */
function valueOf({ name, type }: MappedColumn): string {
  if (type === 'bigint' && (name === 'id' || name.endsWith('_id'))) return `t.${name}::text`;
  if (type === 'timestamp with time zone')
    return `to_char(t.${name} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  return `t.${name}`;
}
