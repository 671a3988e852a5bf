import { Injectable } from '@nestjs/common';
import type { Blocker } from '../../kernel/blocker';
import type { BusinessDate } from '../../kernel/business-date';
import { Clock } from '../../platform/clock/clock';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { lastClearance, ValidationGuard } from '../anonymization';

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

/** Customers checked in one transaction. */
const BATCH = 1_000;

const IS_OPEN = 'c.anonymized_at IS NULL AND c.merged_into_id IS NULL';

const ADD_BLOCKED = `
  INSERT INTO blocked_customer (customer_id)
  SELECT DISTINCT c.id FROM anonymization_run r
  JOIN anonymization_run_item i ON i.run_id = r.id AND i.state = 'BLOCKED' JOIN customer c ON c.id = i.customer_id
  WHERE r.state IN ('COMPLETED', 'CANCELLED') AND ${IS_OPEN}
  ON CONFLICT (customer_id) DO NOTHING`;

const REMOVE_DONE = `
  DELETE FROM blocked_customer b WHERE NOT EXISTS (SELECT FROM customer c WHERE c.id = b.customer_id AND ${IS_OPEN})`;

const NOT_JUDGED = `
  SELECT customer_id AS id, earliest_possible_on AS "earliestPossibleOn" FROM blocked_customer
  WHERE judged_on IS DISTINCT FROM $1 ORDER BY customer_id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`;

const WRITE = `
  UPDATE blocked_customer b SET blockers = v.blockers::json, earliest_possible_on = v.earliest, judged_on = $4
  FROM unnest($1::uuid[], $2::text[], $3::date[]) AS v(id, blockers, earliest) WHERE b.customer_id = v.id`;

/** Entries without a day come last. */
const ORDER = `coalesce(b.earliest_possible_on, 'infinity'), b.customer_id`;

const PAGE = `
  SELECT b.customer_id AS "customerId", c.customer_number AS "customerNumber", b.blockers,
    b.earliest_possible_on AS "earliestPossibleOn",
    b.judged_on AS "judgedOn"
  FROM blocked_customer b JOIN customer c ON c.id = b.customer_id
  WHERE b.judged_on IS NOT NULL AND ${IS_OPEN}
    AND ($1::date IS NULL OR b.earliest_possible_on >= $1) AND ($2::date IS NULL OR b.earliest_possible_on <= $2)
    AND ($4::uuid IS NULL OR (${ORDER}) > (coalesce($3::date, 'infinity'), $4))
  ORDER BY ${ORDER} LIMIT $5`;

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
    return this.transaction.readAlone<BlockedCustomerItem>(PAGE, [
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
    while (!isStopping() && (await this.judgeBatch()));
  }

  /** Checks the next batch. Returns false when no customer was left to check. */
  private judgeBatch(): Promise<boolean> {
    return this.transaction.run(async () => {
      const today = this.clock.today();
      const listed = await this.transaction.queryPrepared<{ id: string; earliestPossibleOn: BusinessDate | null }>(
        NOT_JUDGED,
        [today],
      );
      if (listed.length === 0) return false;
      const ids = listed.map(({ id }) => id);
      const blockers = await this.guard.check(ids, today);
      await this.transaction.executePrepared(WRITE, [
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
