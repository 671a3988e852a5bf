import { Injectable } from '@nestjs/common';
import { Role } from '../../kernel/role';
import { AuditLog, type ConflictCode, ErasureConflicts, type FoundConflict } from '../audit';
import { CustomerMerge } from '../merge';
import type { RecordedMerge } from './ledger-entry';
import { NOTHING_REPLAYED, type ReplayTally } from './replay-tally';
import type { Match } from './restored-customers';

type PresentMatch = Exclude<Match, { kind: 'ABSENT' }>;

/** The two customers of a merge in the restored database. */
export interface MergePair {
  readonly source: PresentMatch;
  readonly target: Match;
}

/** Repeats a merge in the transaction in progress. */
@Injectable()
export class MergeRepetition {
  constructor(
    private readonly merges: CustomerMerge,
    private readonly audit: AuditLog,
    private readonly conflicts: ErasureConflicts,
  ) {}

  /** Merges when both customers match the ledger, otherwise adds a conflict. Both are locked. */
  async repeat(merge: RecordedMerge, { source, target }: MergePair): Promise<ReplayTally> {
    if (isDone(merge, source)) return NOTHING_REPLAYED;
    const conflict = conflictOf(merge, source, target);
    if (conflict !== null) {
      await this.conflicts.add([conflict]);
      return NOTHING_REPLAYED;
    }
    await this.mergeAndRecord(merge.source.id, merge);
    return { ...NOTHING_REPLAYED, merged: 1 };
  }

  /**
   * Merges the customer `sourceId` into the target of `merge`. It is either the source itself, or a customer who was
   * merged into the source earlier and could not follow because the source is not in the backup.
   */
  async mergeAndRecord(sourceId: string, { target, actorId, occurredAt }: RecordedMerge): Promise<void> {
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

export const isOpen = (match: Match): boolean =>
  match.kind === 'FOUND' && !match.customer.isAnonymized && match.customer.mergedIntoId === null;

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
