import { Injectable } from '@nestjs/common';
import type { Effect, EffectsByCustomer } from '../../../kernel/anonymization-step';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { SELECT_EFFECTS } from '../../audit';

/** Reads the effects on already anonymized customers from their audit entries. */
@Injectable()
export class EffectsRecords {
  constructor(private readonly transaction: TransactionRunner) {}

  async readForCustomers(customerIds: readonly string[]): Promise<EffectsByCustomer> {
    const rows = await this.transaction.query<{ customer_id: string; effects: Effect[] }>(SELECT_EFFECTS, [
      customerIds,
    ]);
    return new Map(rows.map(({ customer_id, effects }) => [customer_id, effects.map(inOrder)]));
  }
}

/** Restores the order of the members in the response, since jsonb does not keep it. */
const inOrder = ({ module, table, treatment, rows, reason }: Effect): Effect => ({
  module,
  table,
  treatment,
  rows,
  ...(reason === undefined ? {} : { reason }),
});
