import { Injectable } from '@nestjs/common';
import {
  erasureIn,
  holdIn,
  type LedgerEntry,
  mergeIn,
  type RecordedErasure,
  type RecordedHold,
  type RecordedMerge,
} from '../ledger/ledger-entry';
import { MergeHistory } from '../ledger/merge-history';
import { RepeatedErasures } from './repeated-erasures';
import { RepeatedHolds } from './repeated-holds';
import { RepeatedMerges } from './repeated-merges';
import { addTallies, NOTHING_REPLAYED, type ReplayTally } from './replay-tally';

/** Erasures in any order, one merge, or one change of a hold. The order of the parts is kept. */
type Part =
  { readonly merge: RecordedMerge } | { readonly hold: RecordedHold } | { readonly erasures: RecordedErasure[] };

/** Repeats the actions in ledger entries, in the transaction in progress. */
@Injectable()
export class RepeatedActions {
  constructor(
    private readonly erasures: RepeatedErasures,
    private readonly merges: RepeatedMerges,
    private readonly holds: RepeatedHolds,
    private readonly history: MergeHistory,
  ) {}

  async repeat(entries: readonly LedgerEntry[]): Promise<ReplayTally> {
    await this.history.loadMerges(entries);
    let tally = NOTHING_REPLAYED;
    for (const part of partsOf(entries)) tally = addTallies(tally, await this.repeatPart(part));
    return tally;
  }

  /** Repeats an erasure for one of its customers, or otherwise a merge. */
  async repeatFor(
    customerId: string,
    { erasure, merge }: { readonly erasure: RecordedErasure | null; readonly merge: RecordedMerge | null },
  ): Promise<ReplayTally> {
    await this.history.loadMerges();
    if (erasure !== null) return this.erasures.repeat([erasure], customerId);
    return merge === null ? NOTHING_REPLAYED : this.merges.repeat(merge);
  }

  private repeatPart(part: Part): Promise<ReplayTally> {
    if ('merge' in part) return this.merges.repeat(part.merge);
    return 'hold' in part ? this.holds.repeat(part.hold) : this.erasures.repeat(part.erasures);
  }
}

function partsOf(entries: readonly LedgerEntry[]): Part[] {
  const parts: Part[] = [];
  for (const entry of entries) {
    const [merge, hold, erasure, last] = [mergeIn(entry), holdIn(entry), erasureIn(entry), parts.at(-1)];
    if (merge !== null) parts.push({ merge });
    else if (hold !== null) parts.push({ hold });
    else if (erasure === null) continue;
    else if (last !== undefined && 'erasures' in last) last.erasures.push(erasure);
    else parts.push({ erasures: [erasure] });
  }
  return parts;
}
