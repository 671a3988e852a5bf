import type { CustomerTable, MappedColumn } from './data-map';

/*
 * The SQL that reads what is left of a set of customers in the columns that could hold an old value. $1 names the customers, $2 is the label that
 * took the place of their names. Tables whose rows all go are not asked: that they went is what the erasure has counted.
 */

/** Stands between two texts of a customer, and in no text: the unit separator of ASCII. */
export const BETWEEN_TEXTS = '\x1f';
const BETWEEN_IN_SQL = 'chr(31)';

/** What may stand in a column: nothing any more, a text without the customer's values, the number of a record, any other text. */
export type Remains = 'NOTHING' | 'REDACTED' | 'NUMBER' | 'TEXT';

export interface ProvenColumn {
  readonly name: string;
  readonly remains: Remains;
  /** the value as text; NULL for the label */
  readonly value: string;
}

const TEXT_TYPE = /^(?:text|character|citext|jsonb?|xml)/;

/** The columns of a table in which something could be left. */
export function provenColumns(table: CustomerTable): ProvenColumn[] {
  if (table.rule.eraseRows !== undefined && table.rule.eraseRows.when === undefined) return [];
  return table.columns.flatMap((column) => {
    const remains = remainsOf(column);
    return remains === null ? [] : [{ name: column.name, remains, value: valueOf(column) }];
  });
}

function remainsOf({ type, rule }: MappedColumn): Remains | null {
  if (rule.treatment === 'ERASE') return 'NOTHING';
  if (!TEXT_TYPE.test(type)) return null;
  if (rule.treatment === 'REDACT') return 'REDACTED';
  if (rule.isRecordNumber !== true) return 'TEXT';
  return rule.hasSurrogate === true ? 'NUMBER' : null; // what was given out stays as it is, and the preview says so
}

function valueOf({ name, type, rule }: MappedColumn): string {
  const text = type === 'text' ? `t.${name}` : `t.${name}::text`;
  return rule.replacement?.source === 'LABEL' ? `nullif(${text}, $2::text)` : text;
}

/**
 * One row (customer_id, redacted, numbers, others, filled) per customer: all redacted texts, all numbers of records that may have become surrogates, all
 * other texts, and whether a column is filled that was erased.
 */
export function readRemains(tables: readonly CustomerTable[]): string {
  const rows = tables.flatMap((table) => {
    const columns = provenColumns(table);
    const texts = (kind: Remains) =>
      joined(columns.filter(({ remains }) => remains === kind).map(({ value }) => value));
    const emptied = columns.filter(({ remains }) => remains === 'NOTHING').map(({ name }) => `t.${name}`);
    const filled = emptied.length === 0 ? 'false' : `num_nonnulls(${emptied.join(', ')}) > 0`;
    return ownersOf(table).map(
      (owner) =>
        `SELECT t.${owner} AS customer_id, ${texts('REDACTED')} AS redacted, ${texts('NUMBER')} AS numbers, ${texts('TEXT')} AS others, ${filled} AS filled
         FROM ${table.name} t WHERE t.${owner} = ANY ($1::uuid[])`,
    );
  });
  const all = ['redacted', 'numbers', 'others'].map((texts) => `string_agg(${texts}, ${BETWEEN_IN_SQL}) AS ${texts}`);
  return `SELECT customer_id, ${all.join(', ')}, bool_or(filled) AS filled
    FROM (${rows.join(' UNION ALL ')}) AS remains GROUP BY customer_id`;
}

/** Rows (customer_id, place, record_id, values): what {@link readRemains} read as one, by table and in the order of {@link provenColumns}. */
export function readRemainsByColumn(tables: readonly CustomerTable[]): string {
  return tables
    .flatMap((table, place) =>
      ownersOf(table).map(
        (owner) =>
          `SELECT t.${owner} AS customer_id, ${place} AS place, ${recordId(table)} AS record_id, json_build_array(${provenColumns(
            table,
          )
            .map(({ value }) => value)
            .join(', ')}) AS "values" FROM ${table.name} t WHERE t.${owner} = ANY ($1::uuid[])`,
      ),
    )
    .join(' UNION ALL ');
}

const recordId = ({ columns }: CustomerTable) =>
  columns.some(({ name }) => name === 'id') ? 't.id::text' : 'NULL::text';

const ownersOf = (table: CustomerTable) => (provenColumns(table).length === 0 ? [] : table.rule.customerColumns);

const joined = (values: readonly string[]) =>
  values.length === 0 ? 'NULL::text' : `concat_ws(${BETWEEN_IN_SQL}, ${values.join(', ')})`;
