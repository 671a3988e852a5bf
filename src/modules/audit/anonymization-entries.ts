import { Injectable } from '@nestjs/common';
import type { AnonymizationSet } from '../../kernel/anonymization-step';
import type { ModuleName } from '../../kernel/personal-data';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { newIds } from '../../platform/ids';
import { contentOf } from './audit-log';
import { cutTemplate, open } from './canonical-template';

/**
 * What a module does to the customers of a set, as parts of one statement that does it and tells it. They may use the relation `subject(customer_id)`; their
 * parameters are those from {@link FIRST_PARAMETER} on.
 */
export interface ToldStatement {
  /** WITH queries, those that change data among them */
  readonly queries: readonly string[];
  /** SELECT of (customer_id, place, effects) where `effects` is canonical JSON of effects, each with a comma before it */
  readonly told: string;
  /** what the statement answers with */
  readonly answer: string;
  readonly parameters: readonly unknown[];
}

export const FIRST_PARAMETER = 4;

/** A fact about each customer of a set, in the set's order: JSON texts. */
export type FactsOfCustomers = Readonly<Record<string, readonly string[]>>;

/** Writes what an anonymization does to a set of customers to the append-only log, in its transaction. */
@Injectable()
export class AnonymizationEntries {
  constructor(private readonly transaction: TransactionRunner) {}

  /**
   * Carries the statement out and writes one `CUSTOMER_DATA_ANONYMIZED` (or what a repetition is called) per customer of the set. One statement, in which the database itself writes down what
   * it counts: it would otherwise be carried to the application and back, six kilobytes a customer.
   */
  async write<Answer>(
    module: ModuleName,
    { customerIds, cause }: AnonymizationSet,
    statement: ToldStatement,
    facts: FactsOfCustomers = {},
    further: Readonly<Record<string, unknown>> = {},
  ): Promise<Answer[]> {
    const names = Object.keys(facts);
    const { repetition } = cause;
    const { pieces, members } = cutTemplate(
      contentOf(
        open('id'),
        {
          action: repetition?.action ?? 'CUSTOMER_DATA_ANONYMIZED',
          module,
          outcome: 'SUCCEEDED',
          actorId: repetition === undefined ? cause.actorId : null,
          actorRole: repetition === undefined ? cause.actorRole : null,
          customerId: open('customerId'),
          runId: cause.runId,
          details: {
            reason: cause.reason,
            reference: cause.reference,
            effects: open('effects'),
            ...Object.fromEntries(names.map((name) => [name, open(name)])),
            ...further,
            ...(repetition === undefined ? {} : { originalOccurredAt: cause.instant.toISOString() }),
            ...(repetition?.mergedIntoCustomerId === undefined
              ? {}
              : { mergedIntoCustomerId: repetition.mergedIntoCustomerId }),
          },
        },
        repetition?.instant ?? cause.instant,
      ),
    );
    const first = FIRST_PARAMETER + statement.parameters.length;
    const json: Readonly<Record<string, string>> = {
      id: `'"' || s.id || '"'`,
      customerId: `'"' || s.customer_id || '"'`,
      effects: `'[' || coalesce(substr(t.effects, 2), '') || ']'`,
      ...Object.fromEntries(names.map((name) => [name, `s."${name}"`])),
    };
    const canonical = members.map((member, index) => `($3::text[])[${index + 1}] || ${json[member]} || `).join('');
    return this.transaction.queryPrepared<Answer>(
      `WITH subject AS (SELECT unnest($1::uuid[]) AS customer_id),
       ${statement.queries.map((query) => `${query},`).join('\n')}
       told AS (SELECT customer_id, string_agg(effects, '' ORDER BY place) AS effects FROM (${statement.told}) AS t GROUP BY customer_id),
       written AS (
         INSERT INTO audit.entry (id, canonical)
         SELECT s.id, ${canonical} ($3::text[])[${pieces.length}]
         FROM unnest($1::uuid[], $2::uuid[]${names.map((_, index) => `, $${first + index}::text[]`).join('')})
           AS s(customer_id, id${names.map((name) => `, "${name}"`).join('')})
         LEFT JOIN told t ON t.customer_id = s.customer_id)
       ${statement.answer}`,
      [customerIds, newIds(customerIds.length), pieces, ...statement.parameters, ...names.map((name) => facts[name])],
    );
  }
}
