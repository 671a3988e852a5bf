import { Injectable } from '@nestjs/common';
import type { AnonymizationSet } from '../../kernel/anonymization-step';
import type { ModuleName } from '../../kernel/personal-data';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { newId } from '../../platform/ids';
import { contentOf } from './audit-log';
import { cutTemplate, open } from './canonical-template';

/**
 * What a module does to the customers of a set, told by the database: rows (customer_id, place, erased, effects) where `effects` is canonical JSON of effects, each
 * with a comma before it. The SELECT may use the relation `subject(customer_id)` and its own parameters, from $4 on.
 */
export interface EffectsStatement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** How many rows a part of an {@link EffectsStatement} found that will go. */
export interface CountedRows {
  readonly place: number;
  readonly erased: number;
}

/** A fact about each customer of a set, in the set's order: JSON texts. */
export type FactsOfCustomers = Readonly<Record<string, readonly string[]>>;

/** Writes what an anonymization does to a set of customers to the append-only log, in its transaction. */
@Injectable()
export class AnonymizationEntries {
  constructor(private readonly transaction: TransactionRunner) {}

  /**
   * One `CUSTOMER_DATA_ANONYMIZED` per customer of the set, with what the module does to each; to be called before it does so. The database counts and
   * writes down in one statement: what it counts would otherwise be carried to the application and back, six kilobytes a customer.
   */
  async write(
    module: ModuleName,
    { customerIds, cause }: AnonymizationSet,
    effects: EffectsStatement,
    facts: FactsOfCustomers = {},
    further: Readonly<Record<string, unknown>> = {},
  ): Promise<readonly CountedRows[]> {
    const names = Object.keys(facts);
    const { pieces, members } = cutTemplate(
      contentOf(
        open('id'),
        {
          action: 'CUSTOMER_DATA_ANONYMIZED',
          module,
          outcome: 'SUCCEEDED',
          actorId: cause.actorId,
          actorRole: cause.actorRole,
          customerId: open('customerId'),
          runId: cause.runId,
          details: {
            reason: cause.reason,
            reference: cause.reference,
            effects: open('effects'),
            ...Object.fromEntries(names.map((name) => [name, open(name)])),
            ...further,
          },
        },
        cause.instant,
      ),
    );
    const first = 4 + effects.parameters.length;
    const json: Readonly<Record<string, string>> = {
      id: `'"' || s.id || '"'`,
      customerId: `'"' || s.customer_id || '"'`,
      effects: `'[' || coalesce(substr(t.effects, 2), '') || ']'`,
      ...Object.fromEntries(names.map((name) => [name, `s."${name}"`])),
    };
    const canonical = members.map((member, index) => `($3::text[])[${index + 1}] || ${json[member]} || `).join('');
    return this.transaction.queryPrepared<CountedRows>(
      `WITH subject AS (SELECT unnest($1::uuid[]) AS customer_id),
       counted AS MATERIALIZED (${effects.sql}),
       told AS (SELECT customer_id, string_agg(effects, '' ORDER BY place) AS effects FROM counted GROUP BY customer_id),
       written AS (
         INSERT INTO audit.entry (id, canonical)
         SELECT s.id, ${canonical} ($3::text[])[${pieces.length}]
         FROM unnest($1::uuid[], $2::uuid[]${names.map((_, index) => `, $${first + index}::text[]`).join('')})
           AS s(customer_id, id${names.map((name) => `, "${name}"`).join('')})
         LEFT JOIN told t ON t.customer_id = s.customer_id)
       SELECT place, sum(erased)::int AS erased FROM counted GROUP BY place`,
      [customerIds, customerIds.map(() => newId()), pieces, ...effects.parameters, ...names.map((name) => facts[name])],
    );
  }
}
