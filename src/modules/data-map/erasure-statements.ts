import type { AnonymizationContext, Effect } from '../../kernel/anonymization-step';
import type { Replacement, RowCondition, Treatment } from '../../kernel/personal-data';
import {
  StatementParameters,
  type ParametersByName,
  type Statement,
} from '../../platform/database/statement-parameters';
import { all, any, list, literal, not, sql, unionAll, where, withQuery } from '../../platform/database/sql-text';
import { batchParameters, type CountedEffects, effectOn, type MappedTreatment } from '../audit';
import { columnsWith, type CustomerTable, type MappedColumn } from './data-map';
import { belongsToBatch, isFilled, isReplaced, isUntouched, rowsErased } from './row-conditions';

/*
 * The SQL that erases one table for a batch of customers, and counts the effects before. Tables keep their own names.
 * The customers are in the relation `batch(customer_id)` or in the parameter `customerIds`.
 */

/** A source of replacement values that is constant within a transaction. */
type ReplacementSource = Exclude<Replacement['source'], 'CONSTANT'>;

/** Values for replaced columns, except constants. */
export type ReplacementContext = Pick<AnonymizationContext, 'label' | 'instant' | 'today' | 'actorId' | 'runId'>;

/** Treatments whose rows the database counts. Redaction happens outside of the database. */
export const COUNTED_TREATMENTS = [
  'ERASE_ROWS',
  'ERASE',
  'REPLACE',
  'SEAL',
  'KEEP',
] as const satisfies readonly Treatment[];
export type CountedTreatment = (typeof COUNTED_TREATMENTS)[number];

/** Selects (customer_id, table, one count per treatment): the effects that the map has on the customers of `batch`. */
export function countEffects(table: CustomerTable): string {
  const conditions = new Map(treatmentsOf(table));
  const counts = COUNTED_TREATMENTS.map(
    (treatment) => `count(*) FILTER (WHERE ${conditions.get(treatment) ?? 'false'})::int AS "${treatment}"`,
  );
  return sql`
    SELECT ${list([`${table.name}.owner_id AS customer_id`, `${literal(table.name)} AS "table"`, ...counts])}
    FROM (
      ${rowsOfEachOwner(table)}
    ) AS ${table.name}
    ${where([isUntouched(table)])}
    GROUP BY ${table.name}.owner_id`;
}

/**
 * One join per column that references a customer. A single join on either of two columns would compare all rows with
 * all customers.
 */
const rowsOfEachOwner = (table: CustomerTable): string =>
  unionAll(
    table.rule.customerColumns.map((column, index, columns) => {
      const counted = columns
        .slice(0, index)
        .map((other) => `${table.name}.${other} IS DISTINCT FROM batch.customer_id`);
      return sql`
        SELECT batch.customer_id AS owner_id, ${table.name}.*
        FROM batch
        JOIN ${table.name} ON ${all([`${table.name}.${column} = batch.customer_id`, ...counted])}`;
    }),
  );

/** The effect of applying a treatment to this number of rows. */
export const effectOf = (table: CustomerTable, treatment: Treatment, rows: number): Effect =>
  effectOn(treatmentOf(table, treatment), rows);

/** A treatment of a table with its legal ground. */
export function treatmentOf(table: CustomerTable, treatment: Treatment): MappedTreatment {
  const reason = treatment === 'KEEP' ? keepReason(table) : treatment === 'SEAL' ? sealReason(table) : null;
  return { module: table.module, table: table.name, treatment, ...(reason === null ? {} : { reason }) };
}

/** The treatments whose rows the database counts in this table. */
export const countedTreatments = (table: CustomerTable): CountedTreatment[] =>
  treatmentsOf(table).map(([treatment]) => treatment);

/**
 * The erasure of one table, as parts of a statement for several tables. The statement looks rows up once, and then
 * counts and changes them by row address. Addresses are stable: while the customers are locked, no other transaction
 * writes to their rows.
 */
export interface TableErasure {
  /** WITH queries */
  readonly queries: readonly string[];
  readonly counts: CountedEffects;
  /**
   * SELECT of ("table", found, done): number of rows that had to change, and of rows that did; null when the map
   * changes none
   */
  readonly check: string | null;
}

export function eraseTable(table: CustomerTable, parameters: StatementParameters): TableErasure {
  const counts = `${table.name}_counts`;
  const treatments = treatmentsOf(table, isErasedOnce(table));
  const changes = [...deletions(table, treatments), ...updates(table, treatments, parameters)];
  return {
    queries: [
      withQuery(rowsOf(table), findRows(table, treatments, parameters), { materialized: true }),
      ...changes.map((change) => withQuery(change.name, changeRows(table, change))),
      withQuery(counts, countRows(table, treatments)),
    ],
    counts: {
      relation: counts,
      table: table.name,
      treatments: treatments.map(([treatment]) => treatment),
    },
    check: changes.length === 0 ? null : countChanges(table, changes),
  };
}

interface Change {
  readonly name: string;
  /** DELETE or UPDATE without its WHERE clause */
  readonly statement: string;
  /** treatments of the rows to change */
  readonly treatments: readonly CountedTreatment[];
}

/** Name of the relation with a table's rows, in a statement of {@link eraseTable}. */
const rowsOf = ({ name }: CustomerTable): string => `${name}_rows`;

const deletions = (table: CustomerTable, treatments: readonly TreatmentOfRow[]): Change[] =>
  treatments
    .filter(([treatment]) => treatment === 'ERASE_ROWS')
    .map(([treatment]) => ({
      name: `${table.name}_deleted`,
      statement: `DELETE FROM ${table.name}\nUSING ${rowsOf(table)}`,
      treatments: [treatment],
    }));

function updates(
  table: CustomerTable,
  treatments: readonly TreatmentOfRow[],
  parameters: StatementParameters,
): Change[] {
  const rewritten = rewritesOf(treatments).map(([treatment]) => treatment);
  if (rewritten.length === 0 || isCustomer(table)) return [];
  return [
    {
      name: `${table.name}_updated`,
      statement: sql`
        UPDATE ${table.name}
        SET ${assignments(table, parameters)}
        FROM ${rowsOf(table)}`,
      treatments: rewritten,
    },
  ];
}

function changeRows(table: CustomerTable, { statement, treatments }: Change): string {
  const rows = rowsOf(table);
  const isChanged = any(treatments.map((treatment) => `${rows}."${treatment}"`));
  return sql`
    ${statement}
    ${where([`${table.name}.ctid = ${rows}.row_address`, isChanged])}
    RETURNING 1`;
}

function countChanges(table: CustomerTable, changes: readonly Change[]): string {
  const isChanged = changes.flatMap(({ treatments }) => treatments.map((treatment) => `"${treatment}"`));
  const counts = changes.map(({ name }) => `(SELECT count(*) FROM ${name})`);
  return sql`
    SELECT
      ${literal(table.name)} AS "table",
      (SELECT count(*) FROM ${rowsOf(table)} WHERE ${isChanged.join(' OR ')})::int AS found,
      ${counts.length === 1 ? counts[0]! : `(${counts.join(' + ')})`}::int AS done`;
}

/**
 * Whether the rows are the customers themselves. They change last, in a separate statement, because from then on the
 * guards refuse all other changes.
 */
export const isCustomer = ({ rule }: CustomerTable): boolean => rule.customerColumns[0] === 'id';

/** Rewrites the rows of a table in a separate statement; null when the map does not change them. */
export function rewriteRows(
  table: CustomerTable,
  customerIds: readonly string[],
  context: ReplacementContext,
): Statement | null {
  const rewritten = rewritesOf(treatmentsOf(table));
  if (rewritten.length === 0) return null;
  const parameters = new StatementParameters(batchParameters(customerIds), replacementParameters([table], context));
  return {
    sql: sql`
      UPDATE ${table.name}
      SET ${assignments(table, parameters)}
      ${where([belongsToBatch(table, parameters), any(rewritten.map(([, condition]) => condition)), isUntouched(table)])}`,
    parameters,
  };
}

type TreatmentOfRow = readonly [treatment: CountedTreatment, condition: RowCondition];

/**
 * Selects the rows of a batch with their address, their owners and one flag per treatment. When only some rows are
 * erased, each flag depends on a condition that may read another table. OFFSET keeps the planner from evaluating it for
 * each flag.
 */
function findRows(
  table: CustomerTable,
  treatments: readonly TreatmentOfRow[],
  parameters: StatementParameters,
): string {
  const owners = table.rule.customerColumns.map((column) =>
    column === 'id' ? `${table.name}.id AS customer_id` : `${table.name}.${column}`,
  );
  const flags = treatments.map(([treatment, condition]) => `${condition} AS "${treatment}"`);
  const isPartial = rowsErased(table) !== isErasedOnce(table);
  const erased = isPartial ? [`${rowsErased(table)} AS is_erased`] : [];
  return sql`
    SELECT ${list([`${table.name}.row_address`, ...owners, ...flags])}
    FROM (
      SELECT ${list([`${table.name}.*`, `${table.name}.ctid AS row_address`, ...erased])}
      FROM ${table.name}
      ${where([belongsToBatch(table, parameters), isUntouched(table)])}
      ${isPartial ? 'OFFSET 0' : ''}
    ) AS ${table.name}`;
}

/** Selects (customer_id, one count per treatment). A row of two customers counts for each of them in the batch. */
function countRows(table: CustomerTable, treatments: readonly TreatmentOfRow[]): string {
  const rows = rowsOf(table);
  const { customerColumns } = table.rule;
  const counts = treatments.map(([treatment]) => `count(*) FILTER (WHERE ${rows}."${treatment}") AS "${treatment}"`);
  if (customerColumns.length === 1)
    return sql`
      SELECT ${list([`${rows}.customer_id`, ...counts])}
      FROM ${rows}
      GROUP BY ${rows}.customer_id`;
  return sql`
    SELECT ${list(['owner.customer_id', ...counts])}
    FROM ${rows}
    CROSS JOIN LATERAL (
      VALUES ${list(customerColumns.map((column) => `(${rows}.${column})`))}
    ) AS owner (customer_id)
    JOIN batch ON batch.customer_id = owner.customer_id
    GROUP BY owner.customer_id`;
}

const isErasedOnce = (table: CustomerTable) =>
  ['true', 'false'].includes(rowsErased(table)) ? rowsErased(table) : `${table.name}.is_erased`;

/** The treatments that rows of the table can get, each with its condition. */
function treatmentsOf(table: CustomerTable, isErased = rowsErased(table)): TreatmentOfRow[] {
  const keptRows = (condition: string) => all([not(isErased), condition]);
  const of = (
    treatment: 'ERASE' | 'REPLACE' | 'SEAL',
    isTreated: (table: CustomerTable, column: MappedColumn) => string,
  ): TreatmentOfRow[] => {
    const columns = columnsWith(table, treatment);
    return columns.length === 0 || isErased === 'true'
      ? []
      : [[treatment, keptRows(any(columns.map((column) => isTreated(table, column))))]];
  };
  return [
    ...(isErased === 'false' ? [] : [['ERASE_ROWS', isErased] as const]),
    ...of('ERASE', isFilled),
    ...of('REPLACE', isReplaced),
    ...of('SEAL', isFilled),
    ...(keepReason(table) === null || isErased === 'true' ? [] : [['KEEP', keptRows('true')] as const]),
  ];
}

const rewritesOf = (treatments: readonly TreatmentOfRow[]) =>
  treatments.filter(([treatment]) => treatment === 'ERASE' || treatment === 'REPLACE');

const assignments = (table: CustomerTable, parameters: StatementParameters): string =>
  list([
    ...columnsWith(table, 'ERASE').map(({ name }) => `${name} = NULL`),
    ...columnsWith(table, 'REPLACE').map((column) => `${column.name} = ${replacementOf(table, column, parameters)}`),
  ]);

/** The legal grounds on which rows of the table are kept. */
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

function replacementOf(table: CustomerTable, column: MappedColumn, parameters: StatementParameters): string {
  const replacement = column.rule.replacement!;
  const value =
    replacement.source === 'CONSTANT'
      ? literal(replacement.value)
      : parameters.placeholder(SOURCE_PARAMETERS[replacement.source].name);
  const condition = isReplaced(table, column);
  return condition === 'true' ? value : `CASE WHEN ${condition} THEN ${value} ELSE ${table.name}.${column.name} END`;
}

/** The parameter that contains the value of a replacement. */
interface SourceParameter {
  readonly name: keyof ReplacementContext;
  readonly type: string;
}

const SOURCE_PARAMETERS: Record<ReplacementSource, SourceParameter> = {
  LABEL: { name: 'label', type: 'text' },
  INSTANT: { name: 'instant', type: 'timestamptz' },
  TODAY: { name: 'today', type: 'date' },
  ACTOR: { name: 'actorId', type: 'uuid' },
  RUN: { name: 'runId', type: 'uuid' },
};

/** Parameters for the replaced columns of these tables. */
export function replacementParameters(tables: readonly CustomerTable[], context: ReplacementContext): ParametersByName {
  const replaced = tables.flatMap((table) => columnsWith(table, 'REPLACE'));
  return Object.fromEntries(
    replaced.flatMap(({ rule: { replacement } }) => {
      if (replacement!.source === 'CONSTANT') return [];
      const { name, type } = SOURCE_PARAMETERS[replacement!.source];
      return [[name, { type, value: context[name] }]];
    }),
  );
}
