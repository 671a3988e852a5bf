import { canonicalize } from 'json-canonicalize';
import type { Effect } from '../../kernel/anonymization-step';
import type { Replacement, RowCondition, Treatment } from '../../kernel/personal-data';
import type { CustomerTable, MappedColumn, MappedTable } from './data-map';

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

export const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
export const any = (conditions: readonly string[]) =>
  conditions.length === 0 ? 'false' : `(${conditions.join(' OR ')})`;

/** Rows (customer_id, table, one count per treatment) of what the map does to the customers of `subject`. */
export function countEffects(table: CustomerTable): string {
  const conditions = new Map(treatmentsOf(table));
  const counts = COUNTED_TREATMENTS.map(
    (treatment) => `count(*) FILTER (WHERE ${conditions.get(treatment) ?? 'false'})::int AS "${treatment}"`,
  );
  return `SELECT t.subject_id AS customer_id, ${literal(table.name)} AS "table", ${counts.join(', ')}
    FROM (${rowsOfEachSubject(table)}) t WHERE true${unlessWrittenByTheStep(table)} GROUP BY t.subject_id`;
}

/** One join for each column that names a customer: joined on either of two, all rows would be compared with all customers. */
const rowsOfEachSubject = (table: CustomerTable): string =>
  table.rule.customerColumns
    .map((column, index, columns) => {
      const told = columns.slice(0, index).map((other) => ` AND t.${other} IS DISTINCT FROM s.customer_id`);
      return `SELECT s.customer_id AS subject_id, t.*
        FROM subject s JOIN ${table.name} t ON t.${column} = s.customer_id${told.join('')}`;
    })
    .join(' UNION ALL ');

/** What a treatment means for so many rows. */
export function effectOf(table: CustomerTable, treatment: Treatment, rows: number): Effect {
  const reason = treatment === 'KEEP' ? keepReason(table) : treatment === 'SEAL' ? sealReason(table) : null;
  return { module: table.module, table: table.name, treatment, rows, ...(reason === null ? {} : { reason }) };
}

/**
 * What the map does to the rows of one table, as parts of a statement that does so to several. The rows are looked up once, told and changed by their
 * place: they cannot move, since nobody else writes to them while their customers are locked.
 */
export interface TableErasure {
  /** WITH queries */
  readonly queries: readonly string[];
  /** SELECT of (customer_id, place, effects): canonical JSON of the effects on a customer's rows, each with a comma before it */
  readonly told: string;
  /** SELECT of ("table", found, done): how many rows were to be changed, and were; null when the map leaves them alone */
  readonly check: string | null;
}

/** @param place of the table in its statement @param stamps what the statement's parameters from `firstStamp` on are; may grow */
export function eraseTable(table: CustomerTable, place: number, stamps: Stamp[], firstStamp: number): TableErasure {
  const rows = `rows_${place}`;
  const treatments = treatmentsOf(table, goesOnce(table));
  const owners = table.rule.customerColumns;
  const flags = treatments.map(([treatment, condition]) => `${condition} AS "${treatment}"`);
  const queries = [
    `${rows} AS MATERIALIZED (
       SELECT t.place, ${[...owners.map((owner, index) => `t.${owner} AS customer_${index}`), ...flags].join(', ')}
       FROM (${readOnce(table)}) t)`,
  ];
  const changes: { readonly query: string; readonly which: string }[] = [];
  const change = (query: string, which: string, statement: string) => {
    queries.push(`${query} AS (${statement} WHERE t.ctid = m.place AND ${which} RETURNING 1)`);
    changes.push({ query, which });
  };
  if (treatments.some(([treatment]) => treatment === 'ERASE_ROWS'))
    change(`gone_${place}`, 'm."ERASE_ROWS"', `DELETE FROM ${table.name} t USING ${rows} m`);
  const rewritten = rewritesOf(treatments);
  if (rewritten.length > 0 && !isCustomer(table)) {
    const touched = any(rewritten.map(([treatment]) => `m."${treatment}"`));
    change(
      `kept_${place}`,
      touched,
      `UPDATE ${table.name} t SET ${assignments(table, stamps, firstStamp)} FROM ${rows} m`,
    );
  }
  return {
    queries,
    told: tellEffects(table, place, rows, treatments),
    check:
      changes.length === 0
        ? null
        : `SELECT ${literal(table.name)} AS "table", (SELECT count(*) FROM ${rows} m WHERE ${changes.map(({ which }) => which).join(' OR ')})::int AS found,
             (${changes.map(({ query }) => `(SELECT count(*) FROM ${query})`).join(' + ')})::int AS done`,
  };
}

/** Rows of the customers themselves change last, in a statement of their own: from then on the guards refuse all others. */
export const isCustomer = ({ rule }: CustomerTable): boolean => rule.customerColumns[0] === 'id';

/** Rewrites the rows of a table by themselves, or null when the map leaves them alone; $1 names the customers, the parameters after it are the stamps. */
export function rewriteRows(table: CustomerTable): StampedStatement | null {
  const rewritten = rewritesOf(treatmentsOf(table));
  if (rewritten.length === 0) return null;
  const stamps: Stamp[] = [];
  return {
    sql: `UPDATE ${table.name} t SET ${assignments(table, stamps, 2)}
      WHERE ${belongsToSet(table)} AND ${any(rewritten.map(([, condition]) => condition))}${unlessWrittenByTheStep(table)}`,
    stamps,
  };
}

function tellEffects(table: CustomerTable, place: number, rows: string, treatments: readonly TreatmentOfRow[]): string {
  const owners = table.rule.customerColumns.map((_, index) => `(m.customer_${index})`);
  const told = treatments.map(([treatment]) => {
    const [before, after] = canonicalize({ ...effectOf(table, treatment, 0) }).split('"rows":0');
    return `CASE WHEN "${treatment}" > 0 THEN ${literal(`,${before}"rows":`)} || "${treatment}" || ${literal(after!)} ELSE '' END`;
  });
  const counts = treatments.map(([treatment]) => `count(*) FILTER (WHERE m."${treatment}") AS "${treatment}"`);
  const ownRows =
    owners.length === 1
      ? `${rows} m GROUP BY m.customer_0`
      : `${rows} m CROSS JOIN LATERAL (VALUES ${owners.join(', ')}) AS o (customer_id) JOIN subject s ON s.customer_id = o.customer_id GROUP BY o.customer_id`;
  return `SELECT customer_id, ${place} AS place, ${told.join(' || ') || "''"} AS effects
    FROM (SELECT ${[owners.length === 1 ? 'm.customer_0 AS customer_id' : 'o.customer_id', ...counts].join(', ')} FROM ${ownRows}) AS counted`;
}

type TreatmentOfRow = readonly [treatment: CountedTreatment, condition: RowCondition];

/**
 * The rows of a set with `place` and, where only some of them go, `goes`: each treatment asks whether a row goes, and the answer may be a look-up in another
 * table. OFFSET keeps the planner from asking as often as that.
 */
function readOnce(table: CustomerTable): string {
  const goes = rowsThatGo(table) === goesOnce(table) ? '' : `, ${rowsThatGo(table)} AS goes`;
  const rows = `SELECT t.*, t.ctid AS place${goes} FROM ${table.name} t WHERE ${belongsToSet(table)}${unlessWrittenByTheStep(table)}`;
  return goes === '' ? rows : `${rows} OFFSET 0`;
}

const goesOnce = (table: CustomerTable) =>
  ['true', 'false'].includes(rowsThatGo(table)) ? rowsThatGo(table) : 't.goes';

/** The treatments that rows of the table may get, each with the condition on which one does. */
function treatmentsOf(table: CustomerTable, goes = rowsThatGo(table)): TreatmentOfRow[] {
  const stays = (condition: string) => (goes === 'false' ? condition : `NOT (${goes}) AND ${condition}`);
  const of = (
    treatment: 'ERASE' | 'REPLACE' | 'SEAL',
    isTreated: (column: MappedColumn) => string,
  ): TreatmentOfRow[] => {
    const columns = columnsWith(table, treatment);
    return columns.length === 0 || goes === 'true' ? [] : [[treatment, stays(any(columns.map(isTreated)))]];
  };
  return [
    ...(goes === 'false' ? [] : [['ERASE_ROWS', goes] as const]),
    ...of('ERASE', isFilled),
    ...of('REPLACE', isReplaced),
    ...of('SEAL', isFilled),
    ...(keepReason(table) === null || goes === 'true' ? [] : [['KEEP', stays('true')] as const]),
  ];
}

const rewritesOf = (treatments: readonly TreatmentOfRow[]) =>
  treatments.filter(([treatment]) => treatment === 'ERASE' || treatment === 'REPLACE');

const assignments = (table: CustomerTable, stamps: Stamp[], firstStamp: number): string =>
  [
    ...columnsWith(table, 'ERASE').map(({ name }) => `${name} = NULL`),
    ...columnsWith(table, 'REPLACE').map((column) => `${column.name} = ${replacementOf(column, stamps, firstStamp)}`),
  ].join(', ');

/** Rows (id, customer_id, texts) whose texts may hold the customer's name, or null when the table has none. */
export function readTexts(table: CustomerTable): string | null {
  const texts = columnsWith(table, 'REDACT');
  if (texts.length === 0) return null;
  return `SELECT t.id, t.customer_id, json_build_array(${texts.map(({ name }) => `t.${name}`).join(', ')}) AS texts FROM ${table.name} t
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
  const values = identifyingColumns(table).map(identifyingValue);
  if (values.length === 0) return null;
  return `SELECT t.${owner} AS customer_id, ${place} AS place, json_build_array(${values.join(', ')}) AS "values"
    FROM subject s JOIN ${table.name} t ON t.${owner} = s.customer_id WHERE num_nonnulls(${values.join(', ')}) > 0`;
}

/** Only contacts identify in a note: without a digit or @ it has none. */
const identifyingValue = ({ name, rule }: MappedColumn) =>
  rule.identifies === 'NOTE' ? `CASE WHEN t.${name} ~ '[@0-9]' THEN t.${name} END` : `t.${name}`;

/**
 * Names (name) of $1 that are names of cost bearers, branches, employees or articles in any case. Of tables that belong to customers only the rows of the
 * customers in $2 count: others are not redacted.
 */
export function readNamesOfOthers(tables: readonly MappedTable[]): string {
  const names = tables.flatMap((table) =>
    table.columns
      .filter(({ rule }) => rule.namesOthers === true)
      .map(({ name }) => `SELECT lower(t.${name}) FROM ${table.name} t${ofCustomers(table)}`),
  );
  return `SELECT name FROM unnest($1::text[]) AS copied(name), (SELECT $2::uuid[]) AS customers
    WHERE lower(name) IN (${names.join(' UNION ALL ')})`;
}

const ofCustomers = ({ rule }: MappedTable) =>
  rule.kind === 'OF_CUSTOMER' ? ` WHERE t.${rule.customerColumns[0]} = ANY ($2::uuid[])` : '';

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

function replacementOf({ name, rule }: MappedColumn, stamps: Stamp[], firstStamp: number): string {
  const value = parameterOf(rule.replacement!, stamps, firstStamp);
  const condition = isReplaced({ name, rule });
  return condition === 'true' ? value : `CASE WHEN ${condition} THEN ${value} ELSE t.${name} END`;
}

function parameterOf(replacement: Replacement, stamps: Stamp[], firstStamp: number): string {
  if (replacement.source === 'CONSTANT') return literal(replacement.value);
  if (!stamps.includes(replacement.source)) stamps.push(replacement.source);
  return `$${stamps.indexOf(replacement.source) + firstStamp}::${STAMP_TYPES[replacement.source]}`;
}

export const columnsWith = (table: CustomerTable, treatment: Treatment) =>
  table.columns.filter(({ rule }) => rule.treatment === treatment);

export const rowsThatGo = ({ rule }: CustomerTable) =>
  rule.eraseRows === undefined ? 'false' : (rule.eraseRows.when ?? 'true');

const belongsToSet = ({ rule }: CustomerTable) =>
  any(rule.customerColumns.map((column) => `t.${column} = ANY ($1::uuid[])`));

/** Leaves rows alone that the anonymization itself has just written. */
export const unlessWrittenByTheStep = ({ rule }: CustomerTable) =>
  rule.exceptRows === undefined ? '' : ` AND NOT (${rule.exceptRows})`;

export const isFilled = ({ name }: Pick<MappedColumn, 'name'>) => `t.${name} IS NOT NULL`;

export const isReplaced = ({ name, rule }: Pick<MappedColumn, 'name' | 'rule'>) =>
  [rule.evenIfEmpty === true ? null : isFilled({ name }), rule.when].filter(Boolean).join(' AND ') || 'true';
