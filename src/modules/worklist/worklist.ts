import { Injectable } from '@nestjs/common';
import type { Blocker } from '../../kernel/blocker';
import type { BusinessDate } from '../../kernel/business-date';
import { Clock } from '../../platform/clock/clock';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { lastClearance, ValidationGuard } from '../anonymization';
import { ADD_BLOCKED, REMOVE_DONE, SELECT_NOT_CHECKED, SELECT_PAGE, WRITE_VERDICTS } from './queries/worklist.queries';

/** A customer whom a run could not anonymize, with the day on which it may become possible. */
export interface BlockedCustomerItem {
  readonly customerId: string;
  readonly customerNumber: string;
  readonly blockers: readonly Blocker[];
  /** null if it does not clear by itself */
  readonly earliestPossibleOn: BusinessDate | null;
  readonly judgedOn: BusinessDate;
}

/** Range of days, both ends inclusive. With either end given, entries without a day are excluded. */
export interface WorklistRange {
  readonly from?: BusinessDate;
  readonly to?: BusinessDate;
}

/** The last entry of the previous page. */
export interface WorklistPosition {
  readonly earliestPossibleOn: BusinessDate | null;
  readonly customerId: string;
}

/**
 * The list of customers whom runs left blocked. They are checked again each day but never anonymized: an administrator
 * adds ready customers to a run. Customers who are anonymized or merged leave the list at once.
 */
@Injectable()
export class Worklist {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly guard: ValidationGuard,
    private readonly clock: Clock,
  ) {}

  page({ from, to }: WorklistRange, after: WorklistPosition | null, limit: number): Promise<BlockedCustomerItem[]> {
    return this.transaction.readAlone<BlockedCustomerItem>(SELECT_PAGE, [
      from ?? null,
      to ?? null,
      after?.earliestPossibleOn ?? null,
      after?.customerId ?? null,
      limit,
    ]);
  }

  /**
   * Adds customers whom runs have left blocked since the last refresh, removes finished ones, and checks those that
   * were not checked today. Processes that refresh concurrently share the work.
   */
  async refresh(isStopping: () => boolean): Promise<void> {
    await this.transaction.run(async () => {
      await this.transaction.execute(REMOVE_DONE);
      await this.transaction.execute(ADD_BLOCKED);
    });
    while (!isStopping() && (await this.checkBatch()));
  }

  /** Checks the next batch. Returns false when no customer was left to check. */
  private checkBatch(): Promise<boolean> {
    return this.transaction.run(async () => {
      const today = this.clock.today();
      const listed = await this.transaction.queryPrepared<{ id: string; earliestPossibleOn: BusinessDate | null }>(
        SELECT_NOT_CHECKED,
        [today],
      );
      if (listed.length === 0) return false;
      const ids = listed.map(({ id }) => id);
      const blockers = await this.guard.check(ids, today);
      await this.transaction.executePrepared(WRITE_VERDICTS, [
        ids,
        ids.map((id) => JSON.stringify(blockers.get(id) ?? [])),
        listed.map(({ id, earliestPossibleOn }) =>
          blockers.has(id) ? lastClearance(blockers.get(id)!) : readySince(earliestPossibleOn, today),
        ),
        today,
      ]);
      return true;
    });
  }
}

/**
 * The day since which a customer on the list has been ready: the predicted day, or else the day of the first check that
 * found the customer ready.
 */
const readySince = (foreseen: BusinessDate | null, today: BusinessDate): BusinessDate =>
  foreseen !== null && foreseen < today ? foreseen : today;
