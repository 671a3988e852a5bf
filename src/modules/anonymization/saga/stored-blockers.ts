import { Injectable } from '@nestjs/common';
import type { AnonymizationSet } from '../../../kernel/anonymization-step';
import type { Blocker } from '../../../kernel/blocker';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { NumberCheck } from '../../data-map';

interface StoredList {
  /** null on the worklist */
  readonly run_id: string | null;
  readonly customer_id: string;
  readonly blockers: readonly Blocker[];
}

const READ = `
  SELECT run_id, customer_id, blockers FROM anonymization_run_item
  WHERE customer_id = ANY ($1::uuid[]) AND blockers IS NOT NULL
  UNION ALL
  SELECT NULL, customer_id, blockers FROM blocked_customer
  WHERE customer_id = ANY ($1::uuid[])`;

const WRITE_ITEM = 'UPDATE anonymization_run_item SET blockers = $2 WHERE customer_id = $1 AND run_id = $3';
const WRITE_WORKLIST = 'UPDATE blocked_customer SET blockers = $2 WHERE customer_id = $1';

/**
 * Earlier runs and the worklist remember what blocked a customer, with the number of each record. A number that names the customer is forgotten there when
 * the customer is.
 */
@Injectable()
export class StoredBlockers {
  constructor(private readonly transaction: TransactionRunner) {}

  async forgetNames({ customerIds, identifiers }: AnonymizationSet): Promise<void> {
    const rows = await this.transaction.queryPrepared<StoredList>(READ, [customerIds]);
    for (const { run_id, customer_id, blockers } of rows) {
      const check = new NumberCheck(identifiers.get(customer_id) ?? []);
      const isNamed = ({ recordNumber }: Blocker) => recordNumber !== null && check.finds(recordNumber);
      if (!blockers.some(isNamed)) continue;
      const forgotten = blockers.map((blocker) => (isNamed(blocker) ? { ...blocker, recordNumber: null } : blocker));
      const parameters = [customer_id, JSON.stringify(forgotten)];
      if (run_id === null) await this.transaction.execute(WRITE_WORKLIST, parameters);
      else await this.transaction.execute(WRITE_ITEM, [...parameters, run_id]);
    }
  }
}
