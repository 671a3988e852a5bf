import type { StatementParameters } from '../../platform/database/statement-parameters';
import { list, sql, unionAll } from '../../platform/database/sql-text';
import type { CustomerTable, MappedColumn, MappedTable } from './data-map';

/* The SQL that reads what identifies customers in free text, and the names of others, which do not. */

/** Columns of a table whose values can identify the customer in free text. */
export const identifyingColumns = (table: CustomerTable): MappedColumn[] =>
  table.columns.filter(({ rule }) => rule.identifies !== undefined);

/**
 * Selects (customer_id, position, values): the {@link identifyingColumns} of each record of the customers in `batch`;
 * null when the table has none.
 */
export function readIdentifiers(table: CustomerTable, tableIndex: number): string | null {
  const owner = `${table.name}.${table.rule.customerColumns[0]}`;
  const values = identifyingColumns(table).map((column) => identifyingValue(table, column));
  if (values.length === 0) return null;
  const columns = [
    `${owner} AS customer_id`,
    `${tableIndex} AS position`,
    `json_build_array(${values.join(', ')}) AS "values"`,
  ];
  return sql`
    SELECT ${list(columns)}
    FROM batch
    JOIN ${table.name} ON ${owner} = batch.customer_id
    WHERE num_nonnulls(${values.join(', ')}) > 0`;
}

/** Only the contacts in a note identify the customer. They contain a digit or an @. */
const identifyingValue = (table: CustomerTable, { name, rule }: MappedColumn) =>
  rule.identifies === 'NOTE'
    ? `CASE WHEN ${table.name}.${name} ~ '[@0-9]' THEN ${table.name}.${name} END`
    : `${table.name}.${name}`;

/**
 * Selects (name): those of the parameter `names` that are names of cost bearers, branches, employees or articles,
 * ignoring case. Of customer tables, only the rows of the parameter `customerIds` count, because others are not
 * redacted.
 */
export function readNamesOfOthers(tables: readonly MappedTable[], parameters: StatementParameters): string {
  const names = tables.flatMap((table) =>
    table.columns
      .filter(({ rule }) => rule.namesOthers === true)
      .map(
        ({ name }) => sql`
          SELECT lower(${table.name}.${name})
          FROM ${table.name}
          ${ofCustomers(table, parameters)}`,
      ),
  );
  return sql`
    SELECT name
    FROM unnest(${parameters.placeholder('names')}) AS copied (name), (SELECT ${parameters.placeholder('customerIds')}) AS customers
    WHERE lower(name) IN (
      ${unionAll(names)}
    )`;
}

const ofCustomers = ({ name, rule }: MappedTable, parameters: StatementParameters) =>
  rule.kind === 'OF_CUSTOMER'
    ? `WHERE ${name}.${rule.customerColumns[0]} = ANY (${parameters.placeholder('customerIds')})`
    : '';
