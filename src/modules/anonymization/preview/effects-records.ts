import { Injectable } from '@nestjs/common';
import type { Effect, EffectsByCustomer } from '../../../kernel/anonymization-step';
import { TransactionRunner } from '../../../platform/database/transaction-runner';

/** What was done to customers who are anonymized already, as their audit entries tell it. */
@Injectable()
export class EffectsRecords {
  constructor(private readonly transaction: TransactionRunner) {}

  async of(customerIds: readonly string[]): Promise<EffectsByCustomer> {
    const rows = await this.transaction.query<{ customer_id: string; effects: Effect[] }>(
      `SELECT e.content ->> 'customerId' AS customer_id, jsonb_agg(effect ORDER BY e.id, ordinality) AS effects
       FROM audit.entry e CROSS JOIN LATERAL jsonb_array_elements(e.content -> 'details' -> 'effects') WITH ORDINALITY AS d(effect, ordinality)
       WHERE e.content ->> 'customerId' = ANY ($1::text[]) AND e.content ->> 'action' = 'CUSTOMER_DATA_ANONYMIZED'
       GROUP BY 1`,
      [customerIds],
    );
    return new Map(rows.map(({ customer_id, effects }) => [customer_id, effects.map(inOrder)]));
  }
}

/** The members in the order in which they were first told; jsonb has one of its own. */
const inOrder = ({ module, table, treatment, rows, reason }: Effect): Effect => ({
  module,
  table,
  treatment,
  rows,
  ...(reason === undefined ? {} : { reason }),
});
