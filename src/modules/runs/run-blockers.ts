import { Injectable } from '@nestjs/common';
import type { BlockerCode } from '../../kernel/blocker';
import type { BusinessDate } from '../../kernel/business-date';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { COUNT_BLOCKED_BY_CODE } from './queries/item-blockers.queries';

/** One reason why customers of a run cannot be anonymized. */
export interface BlockerCount {
  readonly code: BlockerCode;
  /** how many customers it blocks; one customer may have several reasons */
  readonly customers: number;
  /** the first day on which it clears by itself for one of them; null when an employee must act */
  readonly earliestClearsOn: BusinessDate | null;
}

/** Counts why customers of a run are blocked. */
@Injectable()
export class RunBlockers {
  constructor(private readonly transaction: TransactionRunner) {}

  countByCode(runId: string): Promise<BlockerCount[]> {
    return this.transaction.queryAlone<BlockerCount>(COUNT_BLOCKED_BY_CODE, [runId]);
  }
}
