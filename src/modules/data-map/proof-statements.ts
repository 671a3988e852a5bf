import { StatementParameters, StatementTexts, type Statement } from '../../platform/database/statement-parameters';
import { list, sql, unionAll } from '../../platform/database/sql-text';
import { batchParameters } from '../audit';
import type { CustomerTable, MappedColumn } from './data-map';

/*
 * The SQL that reads the residue of a batch of customers: the columns that could contain an old value. Tables whose
 * rows are all erased are excluded, because the erasure has counted them. The label is excluded, because it replaced a
 * name.
 */

/** Separates the texts of a customer. It is the ASCII unit separator, which occurs in no text. */
export const BETWEEN_TEXTS = '\x1f';
const BETWEEN_IN_SQL = 'chr(31)';

/**
 * What a column may still contain: nothing, a text without the customer's values, the number of a record, or any other
 * text.
 */
export type ResidueKind = 'NOTHING' | 'REDACTED' | 'NUMBER' | 'TEXT';

export interface ProvenColumn {
  readonly name: string;
  readonly residue: ResidueKind;
  /** the value as text; NULL for the label */
  readonly value: (parameters: StatementParameters) => string;
}

const TEXT_TYPE = /^(?:text|character|citext|jsonb?|xml)/;

/** The columns of a table that could contain residue. */
export function provenColumns(table: CustomerTable): ProvenColumn[] {
  if (table.rule.eraseRows !== undefined && table.rule.eraseRows.when === undefined) return [];
  return table.columns.flatMap((column) => {
    const residue = kindOfResidue(column);
    return residue === null ? [] : [{ name: column.name, residue, value: valueOf(table, column) }];
  });
}

function kindOfResidue({ type, rule }: MappedColumn): ResidueKind | null {
  if (rule.treatment === 'ERASE') return 'NOTHING';
  if (!TEXT_TYPE.test(type)) return null;
  if (rule.treatment === 'REDACT') return 'REDACTED';
  if (rule.isRecordNumber !== true) return 'TEXT';
  return rule.hasSurrogate === true ? 'NUMBER' : null; // issued numbers are kept, and the preview reports them
}

function valueOf(
  table: CustomerTable,
  { name, type, rule }: MappedColumn,
): (parameters: StatementParameters) => string {
  const text = type === 'text' ? `${table.name}.${name}` : `${table.name}.${name}::text`;
  return (parameters) =>
    rule.replacement?.source === 'LABEL' ? `nullif(${text}, ${parameters.placeholder('label')})` : text;
}

const parametersOf = (customerIds: readonly string[], label: string): StatementParameters =>
  new StatementParameters(batchParameters(customerIds), { label: { type: 'text', value: label } });

/**
 * Selects one row (customer_id, redacted, numbers, others, filled) per customer: all redacted texts, all record numbers
 * that may have become surrogates, all other texts, and whether an erased column has a value.
 */
export function readResidue(
  tables: readonly CustomerTable[],
  customerIds: readonly string[],
  label: string,
  texts = new StatementTexts(),
): Statement {
  const parameters = parametersOf(customerIds, label);
  return { sql: texts.getOrBuild('residue', parameters, () => residueOf(tables, parameters)), parameters };
}

function residueOf(tables: readonly CustomerTable[], parameters: StatementParameters): string {
  const rows = tables.flatMap((table) => {
    const columns = provenColumns(table);
    const texts = (kind: ResidueKind) =>
      joined(columns.filter(({ residue }) => residue === kind).map(({ value }) => value(parameters)));
    const emptied = columns.filter(({ residue }) => residue === 'NOTHING').map(({ name }) => `${table.name}.${name}`);
    const filled = emptied.length === 0 ? 'false' : `num_nonnulls(${emptied.join(', ')}) > 0`;
    return ownersOf(table).map(
      (owner) => sql`
        SELECT ${list([
          `${table.name}.${owner} AS customer_id`,
          `${texts('REDACTED')} AS redacted`,
          `${texts('NUMBER')} AS numbers`,
          `${texts('TEXT')} AS others`,
          `${filled} AS filled`,
        ])}
        FROM ${table.name}
        WHERE ${table.name}.${owner} = ANY (${parameters.placeholder('customerIds')})`,
    );
  });
  const all = ['redacted', 'numbers', 'others'].map((texts) => `string_agg(${texts}, ${BETWEEN_IN_SQL}) AS ${texts}`);
  return sql`
    SELECT ${list(['customer_id', ...all, 'bool_or(filled) AS filled'])}
    FROM (
      ${unionAll(rows)}
    ) AS residue
    GROUP BY customer_id`;
}

/**
 * Selects (customer_id, position, record_id, values): the values that {@link readResidue} aggregates, by table and
 * record, in the order of {@link provenColumns}.
 */
export function readResidueByColumn(
  tables: readonly CustomerTable[],
  customerIds: readonly string[],
  label: string,
): Statement {
  const parameters = parametersOf(customerIds, label);
  const rows = tables.flatMap((table, tableIndex) =>
    ownersOf(table).map((owner) => {
      const values = provenColumns(table).map(({ value }) => value(parameters));
      const columns = [
        `${table.name}.${owner} AS customer_id`,
        `${tableIndex} AS position`,
        `${recordId(table)} AS record_id`,
        `json_build_array(${values.join(', ')}) AS "values"`,
      ];
      return sql`
        SELECT ${list(columns)}
        FROM ${table.name}
        WHERE ${table.name}.${owner} = ANY (${parameters.placeholder('customerIds')})`;
    }),
  );
  return { sql: unionAll(rows), parameters };
}

const recordId = ({ name, columns }: CustomerTable) =>
  columns.some((column) => column.name === 'id') ? `${name}.id::text` : 'NULL::text';

const ownersOf = (table: CustomerTable) => (provenColumns(table).length === 0 ? [] : table.rule.customerColumns);

const joined = (values: readonly string[]) =>
  values.length === 0 ? 'NULL::text' : `concat_ws(${BETWEEN_IN_SQL}, ${values.join(', ')})`;
