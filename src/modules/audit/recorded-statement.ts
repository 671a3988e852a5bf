import type { EffectsByCustomer } from '../../kernel/anonymization-step';
import {
  StatementParameters,
  StatementTexts,
  type ParametersByName,
  type Statement,
} from '../../platform/database/statement-parameters';
import { list, literal, sql, withQueries, withQuery } from '../../platform/database/sql-text';
import type { CanonicalTemplate } from './canonical-template';
import { type LoggedDataMap, type MappedTreatment, nameOf } from './logged-data-map';
import { keyOf } from './short-effects';

/** A module's changes to a batch of customers, as parts of one statement that also writes the audit entries. */
export interface RecordedChanges {
  /** name of the statement's text, which `parts` always builds identically for it */
  readonly name: string;
  /** parameters of the parts, in addition to those of {@link entryParameters}, which they may also use */
  readonly parameters: ParametersByName;
  readonly parts: (parameters: StatementParameters) => ChangingParts;
  /** what the changes and the entries follow */
  readonly dataMap: LoggedDataMap;
  /** treatments that were counted before the statement, whether or not `effects` has one of them */
  readonly countedBefore: readonly MappedTreatment[];
  /** effects that were counted before the statement */
  readonly effects: EffectsByCustomer;
}

export interface ChangingParts {
  /** WITH queries, including those that change data; they may use the relation `batch(customer_id)` */
  readonly queries: readonly string[];
  readonly counts: readonly CountedEffects[];
  /** SELECT with the answer of the statement */
  readonly answer: string;
}

/** A WITH query that selects `customer_id` and a number of rows for each treatment of a table. */
export interface CountedEffects {
  readonly relation: string;
  readonly table: string;
  /** names of the columns; the entries report no treatment of zero rows */
  readonly treatments: readonly string[];
}

/** JSON texts by name of the fact, one for each customer in the order of the batch. */
export type FactsOfCustomers = Readonly<Record<string, readonly string[]>>;

export interface EntriesOfBatch {
  readonly customerIds: readonly string[];
  /** one for each customer */
  readonly entryIds: readonly string[];
  /** what the columns of all entries hold */
  readonly columns: EntryColumns;
  /** open in `id`, `customerId`, `effects` and the names of the facts */
  readonly template: CanonicalTemplate;
  readonly facts: FactsOfCustomers;
}

/** In the order of the INSERT. */
const TYPES_OF_COLUMNS = {
  occurredAt: 'timestamptz',
  action: 'text',
  module: 'text',
  runId: 'uuid',
  actorId: 'uuid',
  actorRole: 'text',
  outcome: 'text',
} as const;

/** Columns of `audit.entry` that are equal for all customers of a batch. */
export type EntryColumns = Readonly<Record<keyof typeof TYPES_OF_COLUMNS, string | null>>;

/** The statement that makes the changes and writes one entry for each customer of the batch. */
export function recordedStatement(
  changes: RecordedChanges,
  entries: EntriesOfBatch,
  texts = new StatementTexts(),
): Statement {
  const parameters = new StatementParameters(entryParameters(changes, entries), changes.parameters);
  const build = () => {
    const { queries, counts, answer } = changes.parts(parameters);
    const all = [
      batchRelation(parameters),
      ...queries,
      withQuery('effects', collectEffects(counts, changes.countedBefore, parameters)),
      withQuery('entries', insertEntries(entries, parameters)),
    ];
    return withQueries(all, answer);
  };
  const name = [changes.name, ...entries.template.members].join(' ');
  return { sql: texts.getOrBuild(name, parameters, build), parameters };
}

/** The parameter `customerIds`, which each statement about a batch has. */
export const batchParameters = (customerIds: readonly string[]): ParametersByName => ({
  customerIds: { type: 'uuid[]', value: customerIds },
});

/** The WITH query `batch(customer_id)`. */
export const batchRelation = (parameters: StatementParameters): string =>
  withQuery('batch', `SELECT unnest(${parameters.placeholder('customerIds')}) AS customer_id`);

function entryParameters(changes: RecordedChanges, entries: EntriesOfBatch): ParametersByName {
  return {
    ...batchParameters(entries.customerIds),
    entryIds: { type: 'uuid[]', value: entries.entryIds },
    ...Object.fromEntries(
      Object.entries(TYPES_OF_COLUMNS).map(([name, type]) => [
        name,
        { type, value: entries.columns[name as keyof EntryColumns] },
      ]),
    ),
    entryPieces: { type: 'text[]', value: entries.template.pieces },
    ...countedParameters(changes),
    ...Object.fromEntries(
      Object.entries(entries.facts).map(([name, facts]) => [name, { type: 'text[]', value: facts }]),
    ),
  };
}

/** The customers with effects that were counted before the statement, and a list of numbers for each treatment. */
function countedParameters({ dataMap, countedBefore, effects }: RecordedChanges): ParametersByName {
  if (countedBefore.length === 0) return {};
  const customerIds = [...effects.keys()];
  const rows = new Map(countedBefore.map((each) => [nameOf(each), customerIds.map((): number | null => null)]));
  customerIds.forEach((id, index) => {
    for (const effect of effects.get(id)!) {
      const ofTreatment = rows.get(nameOf({ ...effect, key: dataMap.keyOf(effect) }))!;
      ofTreatment[index] = (ofTreatment[index] ?? 0) + effect.rows;
    }
  });
  return {
    countedCustomerIds: { type: 'uuid[]', value: customerIds },
    ...Object.fromEntries([...rows].map(([name, value]) => [name, { type: 'int[]', value }])),
  };
}

/** A treatment of a table, and the expression for its number of rows. */
interface Member {
  readonly table: string;
  readonly key: string;
  readonly rows: string;
}

/**
 * Selects (customer_id, json): the members of the object with the effects on each customer, in canonical order
 * (RFC 8785).
 */
function collectEffects(
  counts: readonly CountedEffects[],
  countedBefore: readonly MappedTreatment[],
  parameters: StatementParameters,
): string {
  const members: Member[] = [
    ...counts.flatMap(({ relation, table, treatments }) =>
      treatments.map((key) => ({ table, key, rows: `${relation}."${key}"` })),
    ),
    ...countedBefore.map((each) => ({ table: each.table, key: keyOf(each), rows: `counted_before."${nameOf(each)}"` })),
  ];
  const tables = [...new Set(members.map(({ table }) => table))].sort();
  const objects = tables.map((name) =>
    tableObject(
      name,
      members.filter(({ table }) => table === name),
    ),
  );
  const relations = [
    ...counts.map(({ relation }) => `LEFT JOIN ${relation} ON ${relation}.customer_id = batch.customer_id`),
    ...(countedBefore.length === 0 ? [] : [joinCountedBefore(countedBefore, parameters)]),
  ];
  return sql`
    SELECT
      batch.customer_id,
      ${concatenate(objects)} AS json
    FROM batch
    ${relations.join('\n')}`;
}

function joinCountedBefore(countedBefore: readonly MappedTreatment[], parameters: StatementParameters): string {
  const names = countedBefore.map(nameOf);
  const arrays = ['countedCustomerIds', ...names].map((name) => parameters.placeholder(name));
  return sql`
    LEFT JOIN unnest(${list(arrays)})
      AS counted_before (${list(['customer_id', ...names.map((name) => `"${name}"`)])})
      ON counted_before.customer_id = batch.customer_id`;
}

/** JSON of the treatments of one table; NULL when no row was treated. */
function tableObject(table: string, members: readonly Member[]): string {
  const sorted = members.toSorted((one, other) => (one.key < other.key ? -1 : 1));
  const counts = sorted.map(({ key, rows }) => `${literal(`"${key}":`)} || nullif(${rows}, 0)`);
  return `${literal(`"${table}":{`)} || nullif(${concatenate(counts)}, '') || '}'`;
}

/** Joins texts with commas, leaving out NULL. */
const concatenate = (texts: readonly string[]): string =>
  texts.length === 0
    ? "''"
    : sql`
        concat_ws(
          ',',
          ${texts.join(',\n')}
        )`;

function insertEntries(
  { template: { pieces, members }, facts }: EntriesOfBatch,
  parameters: StatementParameters,
): string {
  const names = Object.keys(facts);
  const json: Readonly<Record<string, string>> = {
    id: `'"' || entry.id || '"'`,
    customerId: `'"' || entry.customer_id || '"'`,
    effects: `'{' || effects.json || '}'`,
    ...Object.fromEntries(names.map((name) => [name, `entry."${name}"`])),
  };
  const piece = (index: number) => `(${parameters.placeholder('entryPieces')})[${index + 1}]`;
  const canonical = members.map((member, index) => `${piece(index)} || ${json[member]}`);
  const arrays = ['customerIds', 'entryIds', ...names].map((name) => parameters.placeholder(name));
  const columns = ['customer_id', 'id', ...names.map((name) => `"${name}"`)];
  return sql`
    INSERT INTO audit.entry
      (id, customer_id, occurred_at, action, module, run_id, actor_id, actor_role, outcome, canonical)
    SELECT
      entry.id,
      entry.customer_id,
      ${Object.keys(TYPES_OF_COLUMNS)
        .map((name) => parameters.placeholder(name))
        .join(',\n')},
      ${[...canonical, piece(pieces.length - 1)].join('\n|| ')}
    FROM unnest(${arrays.join(', ')})
      AS entry (${columns.join(', ')})
    JOIN effects ON effects.customer_id = entry.customer_id`;
}
