import type { CustomerTable, MappedColumn } from './data-map';
import {
  any,
  columnsWith,
  isCustomer,
  isFilled,
  isReplaced,
  literal,
  rowsThatGo,
  unlessWrittenByTheStep,
} from './erasure-statements';

/*
 * The SQL by which customers who were anonymized under an older data map get what today's map says. It can only delete rows, empty columns, and put a
 * constant of the map or the customer's own label in place of a value.
 */

export interface Reapplication {
  readonly treatment: 'ERASE_ROWS' | 'ERASE';
  /** which of the table's guards refuses it */
  readonly guard: 'guard_delete' | 'guard_update';
  /** whether there is anything to do, as one boolean `due` */
  readonly probe: string;
  /** changes the rows of at most $1 customers and answers with (customer_id, rows) */
  readonly sql: string;
}

/** What the map wants of a table's rows, besides redaction: what to look for in a text is not known any more. */
export function reapplications(table: CustomerTable): Reapplication[] {
  return table.rule.customerColumns.flatMap((owner) => [...deletions(table, owner), ...changes(table, owner)]);
}

/** The archive's rows stand for contents and keys, which only the archive's own step may give up. */
function deletions(table: CustomerTable, owner: string): Reapplication[] {
  const goes = rowsThatGo(table);
  if (goes === 'false' || table.module === 'archive') return [];
  return [
    statement(table, owner, 'ERASE_ROWS', goes, (rows) => `DELETE FROM ${table.name} t USING customer c WHERE ${rows}`),
  ];
}

function changes(table: CustomerTable, owner: string): Reapplication[] {
  const goes = rowsThatGo(table);
  const changed = [
    ...columnsWith(table, 'ERASE').map((column) => ({ column, condition: isFilled(column), value: 'NULL' })),
    ...columnsWith(table, 'REPLACE').flatMap((column) => replaced(table, column)),
  ];
  if (goes === 'true' || changed.length === 0) return [];
  const left = any(changed.map(({ condition }) => condition));
  const assignments = changed.map(
    ({ column: { name }, condition, value }) => `${name} = CASE WHEN ${condition} THEN ${value} ELSE t.${name} END`,
  );
  return [
    statement(
      table,
      owner,
      'ERASE',
      goes === 'false' ? left : `NOT (${goes}) AND ${left}`,
      (rows) => `UPDATE ${table.name} t SET ${assignments.join(', ')} FROM customer c WHERE ${rows}`,
    ),
  ];
}

/** The label stands in the customer's own row. Who, when and in which run is the first act's, and stays. */
function replaced(table: CustomerTable, column: MappedColumn) {
  const replacement = column.rule.replacement!;
  if (replacement.source !== 'CONSTANT' && (replacement.source !== 'LABEL' || isCustomer(table))) return [];
  const value = replacement.source === 'CONSTANT' ? literal(replacement.value) : 'c.last_name';
  const condition = `(${isReplaced(column)} AND t.${column.name} IS DISTINCT FROM ${value})`;
  return [{ column, condition, value }];
}

function statement(
  table: CustomerTable,
  owner: string,
  treatment: Reapplication['treatment'],
  condition: string,
  change: (rows: string) => string,
): Reapplication {
  const rows = `c.id = t.${owner} AND c.anonymized_at IS NOT NULL AND ${condition}${unlessWrittenByTheStep(table)}`;
  return {
    treatment,
    guard: treatment === 'ERASE_ROWS' ? 'guard_delete' : 'guard_update',
    probe: `SELECT EXISTS (SELECT FROM ${table.name} t, customer c WHERE ${rows}) AS due`,
    sql: `WITH chosen AS (SELECT DISTINCT t.${owner} AS id FROM ${table.name} t, customer c WHERE ${rows} LIMIT $1),
      changed AS (${change(`t.${owner} IN (SELECT id FROM chosen) AND ${rows}`)} RETURNING t.${owner} AS customer_id)
      SELECT customer_id, count(*)::int AS rows FROM changed GROUP BY customer_id ORDER BY customer_id`,
  };
}
