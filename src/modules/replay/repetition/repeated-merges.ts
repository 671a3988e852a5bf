import { Injectable } from '@nestjs/common';
import { Role } from '../../../kernel/role';
import { AuditLog, type ConflictCode, ErasureConflicts, type FoundConflict } from '../../audit';
import { CustomerMerge } from '../../merge';
import type { RecordedMerge } from '../ledger/ledger-entry';
import { MergeHistory } from '../ledger/merge-history';
import { isOpen, type Match, RestoredCustomers } from '../restored/restored-customers';
import { NOTHING_REPLAYED, type ReplayTally } from './replay-tally';

type PresentMatch = Exclude<Match, { kind: 'ABSENT' }>;

/**
 * Repeats merges of the ledger in the transaction in progress. A merge has erased the name and address of its source.
 */
@Injectable()
export class RepeatedMerges {
  constructor(
    private readonly customers: RestoredCustomers,
    private readonly history: MergeHistory,
    private readonly merges: CustomerMerge,
    private readonly audit: AuditLog,
    private readonly conflicts: ErasureConflicts,
  ) {}

  /**
   * Repeats a merge. If its source is not in the backup, the customers who were merged into the source earlier replace
   * it.
   */
  async repeat(merge: RecordedMerge): Promise<ReplayTally> {
    const earlier = this.history.mergesLeadingTo(merge.source.id).map(({ source }) => source);
    const matchOf = await this.customers.lock([merge.source, merge.target, ...earlier]);
    const [source, target] = [matchOf(merge.source), matchOf(merge.target)];
    const stranded = source.kind === 'FOUND' ? [] : earlier.filter((key) => isOpen(matchOf(key)));
    const following = isOpen(target) ? stranded : [];
    for (const { id } of following) await this.mergeAndRecord(id, merge);
    if (source.kind === 'ABSENT') return { ...NOTHING_REPLAYED, absent: 1, merged: following.length };
    const merged = await this.mergeSource(merge, source, target);
    return { ...NOTHING_REPLAYED, merged: merged + following.length };
  }

  /** Merges when both customers match the ledger, otherwise adds a conflict. Returns the number of merged customers. */
  private async mergeSource(merge: RecordedMerge, source: PresentMatch, target: Match): Promise<number> {
    if (isDone(merge, source)) return 0;
    const conflict = conflictOf(merge, source, target);
    if (conflict !== null) {
      await this.conflicts.add([conflict]);
      return 0;
    }
    await this.mergeAndRecord(merge.source.id, merge);
    return 1;
  }

  /**
   * Merges the customer `sourceId` into the target of `merge`. It is either the source itself, or a customer who was
   * merged into the source earlier and could not follow because the source is not in the backup.
   */
  private async mergeAndRecord(sourceId: string, { target, actorId, occurredAt }: RecordedMerge): Promise<void> {
    // never displayed: a merge does not store the employee's name
    const actor = { id: actorId, displayName: '', role: Role.ADMINISTRATOR };
    const { moved, dropped } = await this.merges.repeat(sourceId, target.id, actor);
    await this.audit.record({
      action: 'ERASURE_REPLAYED',
      module: 'customer',
      outcome: 'SUCCEEDED',
      actorId: null,
      actorRole: null,
      customerId: sourceId,
      details: { intoCustomerId: target.id, moved, dropped, originalOccurredAt: occurredAt.toISOString() },
    });
    await this.conflicts.settleForCustomers([sourceId], 'MERGED');
  }
}

/** Whether nothing is left to merge: an erased source is unreadable, and a merged one has already moved its records. */
const isDone = ({ target }: RecordedMerge, source: Match): boolean =>
  source.kind === 'FOUND' && (source.customer.isAnonymized || source.customer.mergedIntoId === target.id);

/** The reason why a merge cannot be repeated, or null. */
function conflictOf(
  { entryId, source: { id } }: RecordedMerge,
  source: PresentMatch,
  target: Match,
): FoundConflict | null {
  const conflict = (code: ConflictCode, otherCustomerId: string | null): FoundConflict => ({
    entryId,
    customerId: id,
    code,
    otherCustomerId,
    failureCode: null,
  });
  if (source.kind === 'STRANGER') return conflict(source.stranger.code, source.stranger.id);
  if (target.kind === 'ABSENT') return conflict('MERGE_TARGET_ABSENT', null);
  if (target.kind === 'STRANGER') return conflict('MERGE_TARGET_DIFFERS', target.stranger.id);
  return isOpen(source) && isOpen(target) ? null : conflict('MERGE_NOT_POSSIBLE', target.customer.id);
}
