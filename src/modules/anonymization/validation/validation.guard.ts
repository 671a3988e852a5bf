import { Injectable } from '@nestjs/common';
import type { Blocker } from '../../../kernel/blocker';
import type { BusinessDate } from '../../../kernel/business-date';
import { LetheConfig } from '../../../platform/config/lethe-config';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { blockersBySubject } from './blocker-queries';

const JUDGE = `WITH subject AS (SELECT unnest($1::uuid[]) AS customer_id) ${blockersBySubject('$2::date', '$3::int')}`;

/** Checks whether customers may be anonymized today, and reports all blockers, not only the first. */
@Injectable()
export class ValidationGuard {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly config: LetheConfig,
  ) {}

  /**
   * Returns the blockers of each blocked customer. Switches the transaction to index scans, since its later statements
   * concern the same customers.
   */
  async check(customerIds: readonly string[], today: BusinessDate): Promise<ReadonlyMap<string, readonly Blocker[]>> {
    await this.transaction.byIndex();
    const rows = await this.transaction.queryPrepared<{ customer_id: string; blockers: Blocker[] }>(JUDGE, [
      customerIds,
      today,
      this.config.recentInvoiceMonths,
    ]);
    return new Map(rows.map(({ customer_id, blockers }) => [customer_id, blockers]));
  }
}
