import { Injectable } from '@nestjs/common';
import type { RecordedMerge } from './ledger-entry';
import { MergeHistory } from './merge-history';
import { isOpen, MergeRepetition } from './merge-repetition';
import { NOTHING_REPLAYED, type ReplayTally } from './replay-tally';
import { RestoredCustomers } from './restored-customers';

/**
 * Repeats merges of the ledger in the transaction in progress. A merge has erased the name and address of its source.
 */
@Injectable()
export class RepeatedMerges {
  constructor(
    private readonly customers: RestoredCustomers,
    private readonly history: MergeHistory,
    private readonly repetition: MergeRepetition,
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
    for (const { id } of following) await this.repetition.mergeAndRecord(id, merge);
    if (source.kind === 'ABSENT') return { ...NOTHING_REPLAYED, absent: 1, merged: following.length };
    const tally = await this.repetition.repeat(merge, { source, target });
    return { ...tally, merged: tally.merged + following.length };
  }
}
