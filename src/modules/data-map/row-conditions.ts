import type { RowCondition } from '../../kernel/personal-data';
import type { StatementParameters } from '../../platform/database/statement-parameters';
import { all, any, not } from '../../platform/database/sql-text';
import type { CustomerTable, MappedColumn } from './data-map';

/* SQL conditions on the rows of one table, as the data map declares them. Tables keep their own names. */

/** Whether the erasure deletes a row. */
export const rowsErased = (table: CustomerTable): string => {
  const { eraseRows } = table.rule;
  return eraseRows === undefined ? 'false' : eraseRows.when === undefined ? 'true' : conditionOn(table, eraseRows.when);
};

/** Whether a row belongs to a customer of the parameter `customerIds`. */
export const belongsToBatch = ({ name, rule }: CustomerTable, parameters: StatementParameters) =>
  any(rule.customerColumns.map((column) => `${name}.${column} = ANY (${parameters.placeholder('customerIds')})`));

/** Excludes rows that the anonymization itself has just written. */
export const isUntouched = (table: CustomerTable): string =>
  table.rule.exceptRows === undefined ? 'true' : not(conditionOn(table, table.rule.exceptRows));

export const isFilled = (table: CustomerTable, { name }: Pick<MappedColumn, 'name'>) =>
  `${table.name}.${name} IS NOT NULL`;

/** Whether a row's value of the column is replaced. */
export const isReplaced = (table: CustomerTable, { name, rule }: Pick<MappedColumn, 'name' | 'rule'>) =>
  all([
    rule.evenIfEmpty === true ? 'true' : isFilled(table, { name }),
    rule.when === undefined ? 'true' : conditionOn(table, rule.when),
  ]);

/** Applies a declared condition, in which `t` is the row, to the table under its own name. */
function conditionOn({ name }: CustomerTable, declared: RowCondition): string {
  const condition = declared.replaceAll(/\bt\./g, `${name}.`).replaceAll(/\s+/g, ' ');
  return /\bOR\b/i.test(condition) ? `(${condition})` : condition;
}
