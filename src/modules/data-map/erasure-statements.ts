import { canonicalize } from 'json-canonicalize';
import type { Effect } from '../../kernel/anonymization-step';
import type { Replacement, Treatment } from '../../kernel/personal-data';
import type { CustomerTable, MappedColumn } from './data-map';

/*
 * The SQL that the data map means for one table, for a whole set of customers at once. The table stands in each statement as `t`; the relation
 * `subject(customer_id)` or the parameter $1 names the customers.
 */

/** A value that is the same for all rows of a transaction and becomes a parameter. */
export type Stamp = Exclude<Replacement['source'], 'CONSTANT'>;

export interface StampedStatement {
  readonly sql: string;
  /** what the parameters after $1 are */
  readonly stamps: readonly Stamp[];
}

/** The treatments that a table's rows are counted by, besides redaction, which is judged outside of the database. */
export const COUNTED_TREATMENTS = [
  'ERASE_ROWS',
  'ERASE',
  'REPLACE',
  'SEAL',
  'KEEP',
] as const satisfies readonly Treatment[];
export type CountedTreatment = (typeof COUNTED_TREATMENTS)[number];

const STAMP_TYPES: Record<Stamp, string> = {
  LABEL: 'text',
  INSTANT: 'timestamptz',
  TODAY: 'date',
  ACTOR: 'uuid',
  RUN: 'uuid',
};

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
const any = (conditions: readonly string[]) => (conditions.length === 0 ? 'false' : `(${conditions.join(' OR ')})`);

/** Rows (customer_id, table, one count per treatment) of what the map does to the customers of `subject`. */
export function countEffects(table: CustomerTable): string {
  const goes = rowsThatGo(table);
  const stays = (condition: string) => `NOT (${goes}) AND ${condition}`;
  const conditions: Record<CountedTreatment, string> = {
    ERASE_ROWS: goes,
    ERASE: stays(any(columnsWith(table, 'ERASE').map(isFilled))),
    REPLACE: stays(any(columnsWith(table, 'REPLACE').map(isReplaced))),
    SEAL: stays(any(columnsWith(table, 'SEAL').map(isFilled))),
    KEEP: stays(String(keepReason(table) !== null)),
  };
  const counts = COUNTED_TREATMENTS.map(
    (treatment) => `count(*) FILTER (WHERE ${conditions[treatment]})::int AS "${treatment}"`,
  );
  const owner = table.rule.customerColumns.map((column) => `t.${column} = s.customer_id`);
  return `SELECT s.customer_id, ${literal(table.name)} AS "table", ${counts.join(', ')}
    FROM subject s JOIN ${table.name} t ON ${any(owner)}${unlessWrittenByTheStep(table)} GROUP BY s.customer_id`;
}

/** Rows (customer_id, place, erased, effects) of the same, told as an audit entry does: canonical JSON of the effects, each with a comma before it. */
export function tellEffects(table: CustomerTable, place: number): string {
  const told = COUNTED_TREATMENTS.map((treatment) => {
    const [before, after] = canonicalize({ ...effectOf(table, treatment, 0) }).split('"rows":0');
    return `CASE WHEN "${treatment}" > 0 THEN ${literal(`,${before}"rows":`)} || "${treatment}" || ${literal(after!)} ELSE '' END`;
  });
  return `SELECT customer_id, ${place} AS place, "ERASE_ROWS" AS erased, ${told.join(' || ')} AS effects FROM (${countEffects(table)}) AS counted`;
}

/** What a treatment means for so many rows. */
export function effectOf(table: CustomerTable, treatment: Treatment, rows: number): Effect {
  const reason = treatment === 'KEEP' ? keepReason(table) : treatment === 'SEAL' ? sealReason(table) : null;
  return { module: table.module, table: table.name, treatment, rows, ...(reason === null ? {} : { reason }) };
}

/** Deletes the rows that go, or null when none do. */
export function eraseRows(table: CustomerTable): string | null {
  if (table.rule.eraseRows === undefined) return null;
  return `DELETE FROM ${table.name} t WHERE ${belongsToSet(table)} AND ${rowsThatGo(table)}${unlessWrittenByTheStep(table)}`;
}

/** Rewrites the rows that stay and have something to rewrite, or null when the map leaves them alone. */
export function rewriteRows(table: CustomerTable): StampedStatement | null {
  const erased = columnsWith(table, 'ERASE');
  const replaced = columnsWith(table, 'REPLACE');
  if (erased.length + replaced.length === 0) return null;
  const stamps: Stamp[] = [];
  const assignments = [
    ...erased.map(({ name }) => `${name} = NULL`),
    ...replaced.map((column) => `${column.name} = ${replacementOf(column, stamps)}`),
  ];
  const touched = any([...erased.map(isFilled), ...replaced.map(isReplaced)]);
  return {
    sql: `UPDATE ${table.name} t SET ${assignments.join(', ')}
      WHERE ${belongsToSet(table)} AND NOT (${rowsThatGo(table)}) AND ${touched}${unlessWrittenByTheStep(table)}`,
    stamps,
  };
}

/** Rows (id, customer_id, texts) whose texts may hold the customer's name, or null when the table has none. */
export function readTexts(table: CustomerTable): string | null {
  const texts = columnsWith(table, 'REDACT');
  if (texts.length === 0) return null;
  return `SELECT t.id, t.customer_id, ARRAY[${texts.map(({ name }) => `t.${name}`).join(', ')}] AS texts FROM ${table.name} t
    WHERE ${belongsToSet(table)} AND NOT (${rowsThatGo(table)}) AND ${any(texts.map(isFilled))}${unlessWrittenByTheStep(table)}`;
}

/** Writes redacted texts back: $1 ids, then one array per text column. */
export function writeTexts(table: CustomerTable): string {
  const names = columnsWith(table, 'REDACT').map(({ name }) => name);
  return `UPDATE ${table.name} t SET ${names.map((name) => `${name} = v.${name}`).join(', ')}
    FROM unnest($1::bigint[], ${names.map((_, index) => `$${index + 2}::text[]`).join(', ')}) AS v(id, ${names.join(', ')})
    WHERE t.id = v.id`;
}

export const redactedColumns = (table: CustomerTable): number => columnsWith(table, 'REDACT').length;

/** A table's columns whose values can identify the customer in free text. */
export const identifyingColumns = (table: CustomerTable): MappedColumn[] =>
  table.columns.filter(({ rule }) => rule.identifies !== undefined);

/** Rows (customer_id, place, values) with the {@link identifyingColumns} of each record of the customers of `subject`, or null when the table has none. */
export function readIdentifiers(table: CustomerTable, place: number): string | null {
  const [owner] = table.rule.customerColumns;
  const values = identifyingColumns(table).map(({ name }) => `t.${name}`);
  if (values.length === 0) return null;
  return `SELECT t.${owner} AS customer_id, ${place} AS place, json_build_array(${values.join(', ')}) AS "values"
    FROM subject s JOIN ${table.name} t ON t.${owner} = s.customer_id WHERE num_nonnulls(${values.join(', ')}) > 0`;
}

/** Why rows of the table stay: the grounds of its columns. */
export function keepReason(table: CustomerTable): string | null {
  return reasonOf(table, 'KEEP');
}

export function sealReason(table: CustomerTable): string | null {
  return reasonOf(table, 'SEAL');
}

function reasonOf(table: CustomerTable, treatment: Treatment): string | null {
  const columns = columnsWith(table, treatment).filter(({ rule }) => rule.category !== 'NOT_PERSONAL');
  return columns.length === 0 ? null : [...new Set(columns.map(({ rule }) => rule.reason))].join('; ');
}

function replacementOf({ name, rule }: MappedColumn, stamps: Stamp[]): string {
  const value = parameterOf(rule.replacement!, stamps);
  const condition = isReplaced({ name, rule });
  return condition === 'true' ? value : `CASE WHEN ${condition} THEN ${value} ELSE t.${name} END`;
}

function parameterOf(replacement: Replacement, stamps: Stamp[]): string {
  if (replacement.source === 'CONSTANT') return literal(replacement.value);
  if (!stamps.includes(replacement.source)) stamps.push(replacement.source);
  return `$${stamps.indexOf(replacement.source) + 2}::${STAMP_TYPES[replacement.source]}`;
}

const columnsWith = (table: CustomerTable, treatment: Treatment) =>
  table.columns.filter(({ rule }) => rule.treatment === treatment);

const rowsThatGo = ({ rule }: CustomerTable) =>
  rule.eraseRows === undefined ? 'false' : (rule.eraseRows.when ?? 'true');

const belongsToSet = ({ rule }: CustomerTable) =>
  any(rule.customerColumns.map((column) => `t.${column} = ANY ($1::uuid[])`));

/** Leaves rows alone that the anonymization itself has just written. */
const unlessWrittenByTheStep = ({ rule }: CustomerTable) =>
  rule.exceptRows === undefined ? '' : ` AND NOT (${rule.exceptRows})`;

const isFilled = ({ name }: Pick<MappedColumn, 'name'>) => `t.${name} IS NOT NULL`;

const isReplaced = ({ name, rule }: Pick<MappedColumn, 'name' | 'rule'>) =>
  [rule.evenIfEmpty === true ? null : isFilled({ name }), rule.when].filter(Boolean).join(' AND ') || 'true';
