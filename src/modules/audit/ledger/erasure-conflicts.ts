import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { AuditLog } from '../audit-log';

/** The health fault while a conflict is open. */
export const ERASURE_CONFLICT = 'ERASURE_CONFLICT';

/**
 * Why an erasure or a merge of the ledger was not repeated.
 *
 * - `NUMBER_TAKEN`, `CUSTOMER_DIFFERS`: another customer has the number or the id
 * - `MERGE_TARGET_ABSENT`, `MERGE_TARGET_DIFFERS`, `MERGE_NOT_POSSIBLE`: the customer cannot be merged again
 * - `ERASURE_FAILED`, `MERGE_FAILED`: it failed, with a failure code
 */
export type ConflictCode =
  | 'NUMBER_TAKEN'
  | 'CUSTOMER_DIFFERS'
  | 'MERGE_TARGET_ABSENT'
  | 'MERGE_TARGET_DIFFERS'
  | 'MERGE_NOT_POSSIBLE'
  | 'ERASURE_FAILED'
  | 'MERGE_FAILED';

export type ConflictResolution = 'ERASED' | 'MERGED' | 'DISMISSED';

export const DISMISSAL_REASONS = ['ANOTHER_PERSON', 'KEPT_SEPARATE'] as const;
export type DismissalReason = (typeof DISMISSAL_REASONS)[number];

/** A person who may be readable although the ledger records them as erased or merged. Ids and codes only. */
export interface FoundConflict {
  readonly entryId: string;
  /** the customer in the ledger */
  readonly customerId: string;
  readonly code: ConflictCode;
  /** the customer in the database with the same number or id */
  readonly otherCustomerId: string | null;
  readonly failureCode: string | null;
}

export interface OpenConflict extends FoundConflict {
  readonly id: string;
}

const COLUMNS = `id, entry_id AS "entryId", customer_id AS "customerId", code, other_customer_id AS "otherCustomerId",
  failure_code AS "failureCode"`;

type SettledRow = OpenConflict & { readonly isReported: boolean };

/**
 * Conflicts between the ledger and the database, until an operator settles them. Works in the transaction in progress.
 */
@Injectable()
export class ErasureConflicts {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Adds each conflict once, however often a replay is interrupted and restarted. */
  async add(conflicts: readonly FoundConflict[]): Promise<void> {
    for (const { entryId, customerId, code, otherCustomerId, failureCode } of conflicts)
      await this.transaction.execute(
        `INSERT INTO erasure_conflict (entry_id, customer_id, code, other_customer_id, failure_code, found_at)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (entry_id, customer_id) DO NOTHING`,
        [entryId, customerId, code, otherCustomerId, failureCode, this.clock.now()],
      );
  }

  /**
   * Audits the conflicts that a replay has left open. Returns all open conflicts, including those of earlier replays.
   */
  report(): Promise<OpenConflict[]> {
    return this.transaction.run(async () => {
      await this.reportFresh();
      return this.findOpen();
    });
  }

  private async reportFresh(): Promise<void> {
    const fresh = await this.transaction.query<OpenConflict>(
      `UPDATE erasure_conflict SET reported_at = $1
       WHERE reported_at IS NULL AND resolved_at IS NULL
       RETURNING ${COLUMNS}`,
      [this.clock.now()],
    );
    if (fresh.length > 0)
      await this.audit.record(
        ...fresh.map((conflict) => ({
          action: 'ERASURE_REPLAYED' as const,
          module: 'customer' as const,
          outcome: 'REFUSED' as const,
          actorId: null,
          actorRole: null,
          customerId: conflict.customerId,
          details: { code: 'LEDGER_CONFLICT', ...detailsOf(conflict) },
        })),
      );
  }

  findOpen(): Promise<OpenConflict[]> {
    return this.transaction.query<OpenConflict>(
      `SELECT ${COLUMNS} FROM erasure_conflict WHERE resolved_at IS NULL ORDER BY id`,
    );
  }

  async isAnyOpen(): Promise<boolean> {
    const open = await this.transaction.readAlone('SELECT FROM erasure_conflict WHERE resolved_at IS NULL LIMIT 1', []);
    return open.length > 0;
  }

  /** Settles every conflict about these customers of the ledger, once they are erased or merged. */
  settleForCustomers(customerIds: readonly string[], resolution: 'ERASED' | 'MERGED'): Promise<void> {
    return this.settle('customer_id = ANY ($1::uuid[])', customerIds, resolution, null);
  }

  /** Settles one conflict. */
  settleOne(conflictId: string, resolution: ConflictResolution, reason: DismissalReason | null = null): Promise<void> {
    return this.settle('id = $1', conflictId, resolution, reason);
  }

  /** Settles conflicts. One that was never reported is not audited: the replay settled it itself. */
  private async settle(
    condition: string,
    subject: unknown,
    resolution: ConflictResolution,
    reasonCode: DismissalReason | null,
  ): Promise<void> {
    const settled = await this.transaction.query<SettledRow>(
      `UPDATE erasure_conflict SET resolved_at = $2, resolution = $3, reason_code = $4
       WHERE ${condition} AND resolved_at IS NULL
       RETURNING ${COLUMNS}, reported_at IS NOT NULL AS "isReported"`,
      [subject, this.clock.now(), resolution, reasonCode],
    );
    const reported = settled.filter(({ isReported }) => isReported);
    if (reported.length === 0) return;
    await this.audit.record(
      ...reported.map((conflict) => ({
        action: 'ERASURE_CONFLICT_RESOLVED' as const,
        module: 'customer' as const,
        outcome: 'SUCCEEDED' as const,
        actorId: null,
        actorRole: null,
        customerId: conflict.customerId,
        details: { ...detailsOf(conflict), resolution, reason: reasonCode },
      })),
    );
  }
}

const detailsOf = ({ code, entryId, otherCustomerId, failureCode }: FoundConflict) => ({
  conflict: code,
  entryId,
  otherCustomerId,
  ...(failureCode === null ? {} : { failureCode }),
});
