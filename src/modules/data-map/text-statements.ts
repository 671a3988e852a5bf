import { StatementParameters, type Statement } from '../../platform/database/statement-parameters';
import { any, list, not, sql, where } from '../../platform/database/sql-text';
import { columnsWith, type CustomerTable } from './data-map';
import { belongsToBatch, isFilled, isUntouched, rowsErased } from './row-conditions';

/* The SQL that reads the texts of one table for a batch of customers, and stores them redacted. */

/** Selects (id, customer_id, texts): texts that may contain the customer's name; null when the table has none. */
export function readTexts(table: CustomerTable, parameters: StatementParameters): string | null {
  const texts = columnsWith(table, 'REDACT');
  if (texts.length === 0) return null;
  const array = `json_build_array(${texts.map(({ name }) => `${table.name}.${name}`).join(', ')}) AS texts`;
  const isAnyFilled = any(texts.map((column) => isFilled(table, column)));
  return sql`
    SELECT ${list([`${table.name}.id`, `${table.name}.customer_id`, array])}
    FROM ${table.name}
    ${where([belongsToBatch(table, parameters), not(rowsErased(table)), isAnyFilled, isUntouched(table)])}`;
}

/**
 * Stores redacted texts.
 *
 * @param texts one list per text column, in the order of the ids
 */
export function writeTexts(
  table: CustomerTable,
  ids: readonly string[],
  texts: readonly (readonly (string | null)[])[],
): Statement {
  const names = columnsWith(table, 'REDACT').map(({ name }) => name);
  const parameters = new StatementParameters(
    { ids: { type: 'bigint[]', value: ids } },
    Object.fromEntries(names.map((name, index) => [`texts of ${name}`, { type: 'text[]', value: texts[index] }])),
  );
  return {
    sql: sql`
      UPDATE ${table.name}
      SET ${list(names.map((name) => `${name} = redacted.${name}`))}
      FROM unnest(${parameters.names.map((name) => parameters.placeholder(name)).join(', ')})
      AS redacted (id, ${names.join(', ')})
      WHERE ${table.name}.id = redacted.id`,
    parameters,
  };
}

export const redactedColumns = (table: CustomerTable): number => columnsWith(table, 'REDACT').length;
