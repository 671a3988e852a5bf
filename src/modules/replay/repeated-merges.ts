import { Injectable } from '@nestjs/common';
import { Role } from '../../kernel/role';
import { AuditLog } from '../audit';
import { CustomerMerge } from '../merge';
import type { RecordedMerge } from './ledger-entry';
import { NOTHING_REPLAYED, type ReplayConflict, type ReplayTally } from './replay-tally';
import { type Match, RestoredCustomers } from './restored-customers';

/** Merges again, in the transaction in progress: the source's name and address were erased with it. */
@Injectable()
export class RepeatedMerges {
  constructor(
    private readonly customers: RestoredCustomers,
    private readonly merges: CustomerMerge,
    private readonly audit: AuditLog,
  ) {}

  async repeat(merge: RecordedMerge): Promise<ReplayTally> {
    const matchOf = await this.customers.lock([merge.source, merge.target]);
    const [source, target] = [matchOf(merge.source), matchOf(merge.target)];
    if (source.kind === 'ABSENT') return { ...NOTHING_REPLAYED, absent: 1 };
    if (source.kind === 'FOUND' && source.customer.mergedIntoId === merge.target.id) return NOTHING_REPLAYED;
    const conflict = conflictOf(merge, source, target);
    if (conflict !== null) return { ...NOTHING_REPLAYED, conflicts: [conflict] };
    await this.carryOut(merge);
    return { ...NOTHING_REPLAYED, merged: 1 };
  }

  private async carryOut({ source, target, actorId, occurredAt }: RecordedMerge): Promise<void> {
    // nobody is shown this name: a merge writes none of its employee
    const actor = { id: actorId, displayName: '', role: Role.ADMINISTRATOR };
    const moved = await this.merges.repeat(source.id, target.id, actor);
    await this.audit.record({
      action: 'ERASURE_REPLAYED',
      module: 'customer',
      outcome: 'SUCCEEDED',
      actorId: null,
      actorRole: null,
      customerId: source.id,
      details: { intoCustomerId: target.id, moved, originalOccurredAt: occurredAt.toISOString() },
    });
  }
}

/** Why a merge cannot be repeated, or null when it can. */
function conflictOf({ entryId, source: { id } }: RecordedMerge, source: Match, target: Match): ReplayConflict | null {
  const conflict = (code: ReplayConflict['code'], otherCustomerId: string | null): ReplayConflict => ({
    entryId,
    customerId: id,
    code,
    otherCustomerId,
  });
  if (source.kind === 'STRANGER') return conflict(source.stranger.code, source.stranger.id);
  if (target.kind === 'ABSENT') return conflict('MERGE_TARGET_ABSENT', null);
  if (target.kind === 'STRANGER') return conflict('MERGE_TARGET_DIFFERS', target.stranger.id);
  const isClosed = (match: Match) =>
    match.kind === 'FOUND' && (match.customer.isAnonymized || match.customer.mergedIntoId !== null);
  return isClosed(source) || isClosed(target) ? conflict('MERGE_NOT_POSSIBLE', target.customer.id) : null;
}
