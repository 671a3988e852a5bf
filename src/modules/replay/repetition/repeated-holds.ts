import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../audit';
import { CustomerLocks, LegalHolds } from '../../customer';
import type { RecordedHold } from '../ledger/ledger-entry';
import { MergeHistory } from '../ledger/merge-history';
import { NOTHING_REPLAYED, type ReplayTally } from './replay-tally';

/**
 * Sets and lifts legal holds again, in the transaction in progress and in the order of the ledger, so that rule 6 fails
 * closed after a restore. A hold follows merges, as an erasure does.
 */
@Injectable()
export class RepeatedHolds {
  constructor(
    private readonly locks: CustomerLocks,
    private readonly holds: LegalHolds,
    private readonly history: MergeHistory,
    private readonly audit: AuditLog,
  ) {}

  async repeat(hold: RecordedHold): Promise<ReplayTally> {
    const { customerId, reasonCode } = hold;
    const customerIds = [customerId, ...this.history.mergesLeadingTo(customerId).map(({ source }) => source.id)];
    await this.locks.lockForAnonymization(customerIds);
    const changed =
      reasonCode === null
        ? await this.holds.liftAgain(customerIds, hold)
        : await this.holds.setAgain(customerIds, { ...hold, reasonCode });
    await this.recordFollowing(
      hold,
      changed.filter((id) => id !== customerId),
    );
    return {
      ...NOTHING_REPLAYED,
      holds: changed.map((id) => ({ customerId: id, isInForce: reasonCode !== null })),
    };
  }

  /** Adds an entry for each customer who gets the hold instead; the ledger's own entry names only the target. */
  private async recordFollowing(
    { customerId, reasonCode, entryId, actorId, actorRole }: RecordedHold,
    following: readonly string[],
  ): Promise<void> {
    if (following.length === 0) return;
    await this.audit.record(
      ...following.map((id) => ({
        action: reasonCode === null ? ('LEGAL_HOLD_LIFTED' as const) : ('LEGAL_HOLD_SET' as const),
        module: 'customer' as const,
        outcome: 'SUCCEEDED' as const,
        actorId,
        actorRole,
        customerId: id,
        details: { entryId, mergedIntoCustomerId: customerId, ...(reasonCode === null ? {} : { reasonCode }) },
      })),
    );
  }
}
