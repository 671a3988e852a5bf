import { Injectable } from '@nestjs/common';
import type { BlockerCode } from '../../kernel/blocker';
import type { BusinessDate } from '../../kernel/business-date';
import { TransactionRunner } from '../../platform/database/transaction-runner';

/** One reason for which customers of a run cannot be anonymized. */
export interface BlockerCount {
  readonly code: BlockerCode;
  /** customers it stands in the way of; one customer may have several reasons */
  readonly customers: number;
  /** the first day on which it clears by itself for one of them; null when somebody must act */
  readonly earliestClearsOn: BusinessDate | null;
}

/** Why customers of a run are blocked, in figures. */
@Injectable()
export class RunBlockers {
  constructor(private readonly transaction: TransactionRunner) {}

  of(runId: string): Promise<BlockerCount[]> {
    return this.transaction.run(() =>
      this.transaction.query<BlockerCount>(
        `SELECT b ->> 'code' AS code, count(DISTINCT i.customer_id)::int AS customers, min(b ->> 'clearsOn') AS "earliestClearsOn"
         FROM anonymization_run_item i, json_array_elements(i.blockers) AS b
         WHERE i.run_id = $1 AND i.state = 'BLOCKED' GROUP BY 1 ORDER BY 2 DESC, 1`,
        [runId],
      ),
    );
  }
}
