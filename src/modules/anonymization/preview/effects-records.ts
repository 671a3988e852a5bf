import { Injectable } from '@nestjs/common';
import type { Effect, EffectsByCustomer } from '../../../kernel/anonymization-step';
import { DomainError } from '../../../kernel/domain-error';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { DataMapEntries, SELECT_EFFECTS } from '../../audit';

interface Entry {
  readonly customer_id: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Reads the effects on already anonymized customers from their audit entries. */
@Injectable()
export class EffectsRecords {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly dataMaps: DataMapEntries,
  ) {}

  /** @throws DomainError `AUDIT_LOG_BROKEN` when the log lacks the data map of an entry */
  async readForCustomers(customerIds: readonly string[]): Promise<EffectsByCustomer> {
    const rows = await this.transaction.query<Entry>(SELECT_EFFECTS, [customerIds]);
    const completed = await this.dataMaps.complete(rows.map(({ details }) => details));
    const found = new Map<string, Effect[]>();
    rows.forEach(({ customer_id }, index) => {
      const { effects } = completed[index]!;
      if (!Array.isArray(effects)) throw new DomainError('AUDIT_LOG_BROKEN');
      found.set(customer_id, [...(found.get(customer_id) ?? []), ...(effects as Effect[])]);
    });
    return found;
  }
}
