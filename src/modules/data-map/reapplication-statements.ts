import { all, any, list, literal, not, sql, where, withQueries, withQuery } from '../../platform/database/sql-text';
import { columnsWith, type CustomerTable, type MappedColumn } from './data-map';
import { isCustomer } from './erasure-statements';
import { isFilled, isReplaced, isUntouched, rowsErased } from './row-conditions';

/*
 * The SQL that applies the current data map to customers who were anonymized under an older one. It only deletes rows,
 * empties columns, and replaces values with a constant of the map or the customer's own label.
 */

export interface Reapplication {
  readonly treatment: 'ERASE_ROWS' | 'ERASE';
  /** the guard of the table that would refuse the change */
  readonly guard: 'guard_delete' | 'guard_update';
  /** selects one boolean `due`: whether there is anything to do */
  readonly probe: string;
  /** changes the rows of at most $1 customers and returns (customer_id, rows) */
  readonly sql: string;
}

/**
 * The changes that the map requires in the rows of a table. Redaction is impossible, because the values to search for
 * have been erased.
 *
 * @param customers relation of all customers with id, anonymized_at and last_name
 */
export function reapplications(table: CustomerTable, customers: string): Reapplication[] {
  return table.rule.customerColumns.flatMap((owner) => [
    ...deletions(table, owner, customers),
    ...changes(table, owner, customers),
  ]);
}

/** Excludes rows of the archive: they reference contents and keys, which only the archive's own step may delete. */
function deletions(table: CustomerTable, owner: string, customers: string): Reapplication[] {
  const isErased = rowsErased(table);
  if (isErased === 'false' || table.module === 'archive') return [];
  const deleted = sql`
    DELETE FROM ${table.name}
    USING ${customers} AS anonymized`;
  return [statement(table, owner, customers, 'ERASE_ROWS', isErased, deleted)];
}

function changes(table: CustomerTable, owner: string, customers: string): Reapplication[] {
  const isErased = rowsErased(table);
  const changed = [
    ...columnsWith(table, 'ERASE').map((column) => ({ column, condition: isFilled(table, column), value: 'NULL' })),
    ...columnsWith(table, 'REPLACE').flatMap((column) => replaced(table, column)),
  ];
  if (isErased === 'true' || changed.length === 0) return [];
  const isDue = any(changed.map(({ condition }) => condition));
  const assignments = changed.map(
    ({ column: { name }, condition, value }) =>
      `${name} = CASE WHEN ${condition} THEN ${value} ELSE ${table.name}.${name} END`,
  );
  return [
    statement(
      table,
      owner,
      customers,
      'ERASE',
      all([not(isErased), isDue]),
      sql`
        UPDATE ${table.name}
        SET ${list(assignments)}
        FROM ${customers} AS anonymized`,
    ),
  ];
}

/** The label comes from the customer's own row. Employee, time and run of the first anonymization are kept. */
function replaced(table: CustomerTable, column: MappedColumn) {
  const replacement = column.rule.replacement!;
  if (replacement.source !== 'CONSTANT' && (replacement.source !== 'LABEL' || isCustomer(table))) return [];
  const value = replacement.source === 'CONSTANT' ? literal(replacement.value) : 'anonymized.last_name';
  const condition = all([isReplaced(table, column), `${table.name}.${column.name} IS DISTINCT FROM ${value}`]);
  return [{ column, condition, value }];
}

function statement(
  table: CustomerTable,
  owner: string,
  customers: string,
  treatment: Reapplication['treatment'],
  condition: string,
  change: string,
): Reapplication {
  const rows = [
    `anonymized.id = ${table.name}.${owner}`,
    'anonymized.anonymized_at IS NOT NULL',
    condition,
    isUntouched(table),
  ];
  const chosen = sql`
    SELECT DISTINCT ${table.name}.${owner} AS id
    FROM ${table.name}, ${customers} AS anonymized
    ${where(rows)}
    LIMIT $1`;
  const changed = sql`
    ${change}
    ${where([`${table.name}.${owner} IN (SELECT id FROM chosen)`, ...rows])}
    RETURNING ${table.name}.${owner} AS customer_id`;
  const answer = sql`
    SELECT customer_id, count(*)::int AS rows
    FROM changed
    GROUP BY customer_id
    ORDER BY customer_id`;
  return {
    treatment,
    guard: treatment === 'ERASE_ROWS' ? 'guard_delete' : 'guard_update',
    probe: `SELECT EXISTS (SELECT FROM ${table.name}, ${customers} AS anonymized ${where(rows)}) AS due`,
    sql: withQueries([withQuery('chosen', chosen), withQuery('changed', changed)], answer),
  };
}
