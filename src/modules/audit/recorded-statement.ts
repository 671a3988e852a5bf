import { canonicalize } from 'json-canonicalize';
import type { Effect, EffectsByCustomer } from '../../kernel/anonymization-step';
import {
  StatementParameters,
  StatementTexts,
  type ParametersByName,
  type Statement,
} from '../../platform/database/statement-parameters';
import { chain, literal, literals, sql, unionAll, withQueries, withQuery } from '../../platform/database/sql-text';
import type { CanonicalTemplate } from './canonical-template';

/** A module's changes to a batch of customers, as parts of one statement that also writes the audit entries. */
export interface RecordedChanges {
  /** name of the statement's text, which `parts` always builds identically for it */
  readonly name: string;
  /** parameters of the parts, in addition to those of {@link entryParameters}, which they may also use */
  readonly parameters: ParametersByName;
  readonly parts: (parameters: StatementParameters) => ChangingParts;
  /** effects that were counted before the statement */
  readonly effects: EffectsByCustomer;
}

export interface ChangingParts {
  /** WITH queries, including those that change data; they may use the relation `batch(customer_id)` */
  readonly queries: readonly string[];
  /** effects in the order in which the entries report them */
  readonly counts: readonly CountedEffects[];
  /** SELECT with the answer of the statement */
  readonly answer: string;
}

/** A WITH query that selects `customer_id` and a number of rows for each effect. */
export interface CountedEffects {
  readonly relation: string;
  /** `rows` is the column with the number; the entries report no effect of zero rows */
  readonly effects: readonly { readonly rows: string; readonly effect: Effect }[];
}

/** JSON texts by name of the fact, one for each customer in the order of the batch. */
export type FactsOfCustomers = Readonly<Record<string, readonly string[]>>;

export interface EntriesOfBatch {
  readonly customerIds: readonly string[];
  /** one for each customer */
  readonly entryIds: readonly string[];
  /** open in `id`, `customerId`, `effects` and the names of the facts */
  readonly template: CanonicalTemplate;
  readonly facts: FactsOfCustomers;
}

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
      withQuery('effects', collectEffects(counts, parameters)),
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
  const counted = [...changes.effects.values()].map((effects) =>
    effects.map((effect) => `,${canonicalize(effect)}`).join(''),
  );
  return {
    ...batchParameters(entries.customerIds),
    entryIds: { type: 'uuid[]', value: entries.entryIds },
    entryPieces: { type: 'text[]', value: entries.template.pieces },
    countedCustomerIds: { type: 'uuid[]', value: [...changes.effects.keys()] },
    countedEffects: { type: 'text[]', value: counted },
    ...Object.fromEntries(
      Object.entries(entries.facts).map(([name, facts]) => [name, { type: 'text[]', value: facts }]),
    ),
  };
}

/** Selects (customer_id, json): canonical JSON of the effects on each customer, with a comma before each effect. */
function collectEffects(counts: readonly CountedEffects[], parameters: StatementParameters): string {
  const counted = counts.map(
    ({ relation, effects }, position) => sql`
      SELECT
        customer_id,
        ${String(position)} AS position,
        ${effects.length === 0 ? "''" : effects.map(jsonOfEffect).join('\n|| ')} AS json
      FROM ${relation}`,
  );
  const before = sql`
    SELECT customer_id, ${String(counts.length)} AS position, json
    FROM unnest(${parameters.placeholder('countedCustomerIds')}, ${parameters.placeholder('countedEffects')})
      AS counted_before (customer_id, json)`;
  return sql`
    SELECT customer_id, string_agg(json, '' ORDER BY position) AS json
    FROM (
      ${unionAll([...counted, before])}
    ) AS counted
    GROUP BY customer_id`;
}

function jsonOfEffect({ rows, effect }: CountedEffects['effects'][number]): string {
  const [before, after] = canonicalize({ ...effect, rows: 0 }).split('"rows":0');
  return sql`
    CASE WHEN ${rows} > 0
      THEN ${chain('||', [...literals(`,${before}"rows":`), rows, literal(after!)])}
      ELSE ''
    END`;
}

function insertEntries(
  { template: { pieces, members }, facts }: EntriesOfBatch,
  parameters: StatementParameters,
): string {
  const names = Object.keys(facts);
  const json: Readonly<Record<string, string>> = {
    id: `'"' || entry.id || '"'`,
    customerId: `'"' || entry.customer_id || '"'`,
    effects: `'[' || coalesce(substr(effects.json, 2), '') || ']'`,
    ...Object.fromEntries(names.map((name) => [name, `entry."${name}"`])),
  };
  const piece = (index: number) => `(${parameters.placeholder('entryPieces')})[${index + 1}]`;
  const canonical = members.map((member, index) => `${piece(index)} || ${json[member]}`);
  const arrays = ['customerIds', 'entryIds', ...names].map((name) => parameters.placeholder(name));
  const columns = ['customer_id', 'id', ...names.map((name) => `"${name}"`)];
  return sql`
    INSERT INTO audit.entry (id, canonical)
    SELECT
      entry.id,
      ${[...canonical, piece(pieces.length - 1)].join('\n|| ')}
    FROM unnest(${arrays.join(', ')}) AS entry (${columns.join(', ')})
    LEFT JOIN effects ON effects.customer_id = entry.customer_id`;
}
