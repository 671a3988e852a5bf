import { Injectable } from '@nestjs/common';
import type { Blocker, BlockerCode } from '../../../kernel/blocker';
import type { BusinessDate } from '../../../kernel/business-date';
import { DomainError } from '../../../kernel/domain-error';
import type { FailureCode } from '../../../kernel/failure-code';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import type { FailureLocation } from '../../anonymization';
import { COUNT_BLOCKED_BY_CODE } from '../queries/item-blockers.queries';
import { SELECT_ITEM_PAGE } from '../queries/run-items.queries';
import type { ItemState } from '../state/run-state';

/** A customer of a run, as last checked. */
export interface RunItem {
  readonly customerId: string;
  readonly customerNumber: string;
  readonly state: ItemState;
  readonly blockers: readonly Blocker[];
  readonly failureCode: FailureCode | null;
  /** the record that caused the failure */
  readonly failure: FailureLocation | null;
}

/** Filter for items; an undefined property matches every item. */
export interface ItemFilter {
  readonly state?: ItemState;
  readonly blocker?: BlockerCode;
}

/** One reason why customers of a run cannot be anonymized. */
export interface BlockerCount {
  readonly code: BlockerCode;
  /** how many customers it blocks; one customer may have several reasons */
  readonly customers: number;
  /** the first day on which it clears by itself for one of them; null when an employee must act */
  readonly earliestClearsOn: BusinessDate | null;
}

const ITEMS_PER_PAGE = 1_000;

/** Reads the customers of a run in the order of their ids, which follow that of their creation. */
@Injectable()
export class RunItems {
  constructor(private readonly transaction: TransactionRunner) {}

  /** @throws DomainError `ANONYMIZATION_RUN_NOT_FOUND` */
  readPage(runId: string, { state, blocker }: ItemFilter, after: string | null, limit: number): Promise<RunItem[]> {
    return this.transaction.run(async () => {
      const run = await this.transaction.query('SELECT FROM anonymization_run WHERE id = $1', [runId]);
      if (run.length === 0) throw new DomainError('ANONYMIZATION_RUN_NOT_FOUND');
      return this.transaction.inIndexOrder(() =>
        this.transaction.query<RunItem>(SELECT_ITEM_PAGE, [runId, state ?? null, blocker ?? null, after, limit]),
      );
    });
  }

  /**
   * Reads all items page by page, so that a slow reader holds no transaction open. Each page shows its items as of when
   * it is read.
   */
  async *readAll(runId: string): AsyncGenerator<RunItem> {
    for (let after: string | null = null; ;) {
      const items: RunItem[] = await this.readPage(runId, {}, after, ITEMS_PER_PAGE);
      yield* items;
      if (items.length < ITEMS_PER_PAGE) return;
      after = items.at(-1)!.customerId;
    }
  }

  countBlockersByCode(runId: string): Promise<BlockerCount[]> {
    return this.transaction.queryAlone<BlockerCount>(COUNT_BLOCKED_BY_CODE, [runId]);
  }
}
